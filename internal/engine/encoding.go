package engine

import (
	"sort"

	"soma/connect"
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
	weights *connect.Matrix
	columns *kernel.Columns // the weights, as they are used
	read    bool            // somebody else reads the input
}

// encodings finds the populations whose input comes about like this, by the
// signal of their input, and the operators that it takes the place of.
func (e *Engine) findEncodings(l *layout) {
	e.encodings, e.replaced = map[program.Signal]encoding{}, map[program.Operator]bool{}
	type use struct {
		reset   *program.Reset
		product *program.Product
		others  int
		read    bool
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
			case *program.Neurons:
			case *program.Record, *program.Filter, *program.Learn:
				in.read = true // when the neurons are done
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
			e.encodings[signal] = encoding{from: l.span(op.From), bias: in.reset.Values, weights: op.Weights, read: in.read}
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

// storeEncodings puts biases and encoders of a group side by side, in the order
// in which they are used.
func (g *group) storeEncodings() {
	size := 0
	for i := range g.members {
		if w := g.members[i].encoding.weights; w != nil {
			size += len(w.Data) + w.Rows
		}
	}
	memory := make([]float64, 0, size)
	for i := range g.members {
		one := &g.members[i].encoding
		w := one.weights
		if w == nil {
			g.shown = true
			continue
		}
		n := len(memory)
		memory = append(memory, one.bias...)
		one.bias = memory[n:]
		one.columns = kernel.NewColumnsIn(memory, w.Rows, w.Cols, w.Data)
		memory = memory[:len(memory)+len(w.Data)]
		g.encoded, g.shown = true, g.shown || one.read
	}
}

// encode computes the input of neurons lo up to hi, where it is an encoding, and
// writes it to j.
func (g *group) encode(memory, j []float64, lo, hi int) {
	first := sort.Search(len(g.members), func(i int) bool { return lo < g.members[i].hi })
	for i := first; i < len(g.members) && g.members[i].lo < hi; i++ {
		m := &g.members[i]
		if m.encoding.columns == nil {
			continue
		}
		from, to := max(lo, m.lo), min(hi, m.hi)
		m.encoding.columns.Set(g.env.Level, j[from-lo:to-lo], m.encoding.bias[from-m.lo:to-m.lo], m.encoding.from.of(memory), from-m.lo)
	}
}
