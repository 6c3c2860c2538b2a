package engine

import (
	"sort"

	"soma/internal/kernel"
	"soma/internal/program"
)

// encoding is the input of a population that is its bias plus the product of its
// encoders with one vector, and nothing else. It is computed for some neurons
// just before these are stepped, while it is in the cache, and not by operators
// of its own.
type encoding struct {
	from    span
	bias    []float64
	columns *kernel.Columns
}

// encodings finds the populations whose input comes about like this, by the
// signal of their input, and the operators that it takes the place of.
func (e *Engine) findEncodings(l *layout) {
	e.encodings, e.replaced = map[program.Signal]encoding{}, map[program.Operator]bool{}
	type use struct {
		reset   *program.Reset
		product *program.Product
		others  int
	}
	uses := map[program.Signal]*use{}
	for _, op := range e.program.Operators {
		if n, ok := op.(*program.Neurons); ok {
			uses[n.Input.Signal] = &use{}
		}
	}
	for _, op := range e.program.Operators {
		for _, u := range op.Uses() {
			in := uses[u.Signal]
			if in == nil {
				continue
			}
			switch op := op.(type) {
			case *program.Reset:
				in.reset = op
			case *program.Product:
				if u.Access != program.Increments || in.product != nil {
					in.others++ // another sum, or somebody who reads the input early
				}
				in.product = op
			case *program.Neurons, *program.Record, *program.Filter, *program.Learn:
				// They read when the neurons are done, or are the neurons.
			default:
				in.others++
			}
		}
	}
	for signal, in := range uses {
		if in.reset == nil || in.product == nil || in.others > 0 {
			continue
		}
		if op := in.product; e.encodes(op) {
			w := op.Weights
			e.encodings[signal] = encoding{l.span(op.From), in.reset.Values, kernel.NewColumns(w.Rows, w.Cols, w.Data)}
			e.replaced[in.reset], e.replaced[op] = true, true
		}
	}
}

// encodes says whether a product into the input of a population is of the kind
// that an encoding computes.
func (e *Engine) encodes(op *program.Product) bool {
	signals := e.program.Signals
	return op.Weights != nil && !signals[op.From.Signal].Spikes && op.From.Contiguous() &&
		op.To.Start == 0 && op.To.Contiguous() && op.To.Count == len(signals[op.To.Signal].Init) &&
		op.Weights.Rows >= op.Weights.Cols
}

// encode computes the input of neurons lo up to hi, where it is an encoding.
func (g *group) encode(memory []float64, lo, hi int) {
	first := sort.Search(len(g.members), func(i int) bool { return lo < g.members[i].hi })
	for i := first; i < len(g.members) && g.members[i].lo < hi; i++ {
		m := &g.members[i]
		if m.encoding.columns == nil {
			continue
		}
		from, to := max(lo, m.lo), min(hi, m.hi)
		y := memory[g.input.start+from : g.input.start+to]
		m.encoding.columns.Set(g.env.Level, y, m.encoding.bias[from-m.lo:to-m.lo], m.encoding.from.of(memory), from-m.lo)
	}
}
