package engine

import (
	"soma/internal/program"
)

// sparseProducts adds sparse matrices times values to sums.
type sparseProducts []sparseProduct

type sparseProduct struct {
	op       *program.SparseProduct
	from, to span
}

func (b *levelBuilder) sparseProduct(op *program.SparseProduct) {
	if m, ok := b.members[op.From.Signal]; ok && b.e.program.Signals[op.From.Signal].Spikes {
		d := sparseDecoder{member: m, view: op.From, to: b.l.span(op.To)}
		d.start, d.row, d.value = op.Weights.Columns()
		m.group.listed = true
		b.sparseDecoders = append(b.sparseDecoders, d)
		return
	}
	b.sparseProducts = append(b.sparseProducts, sparseProduct{op, b.l.span(op.From), b.l.span(op.To)})
}

func (p sparseProducts) run(e *Engine, _ float64) {
	for i := range p {
		p[i].run(e.memory)
	}
}

func (p *sparseProduct) run(memory []float64) {
	w := p.op.Weights
	to := p.to.start
	for i := range w.Rows {
		first, last := w.Start[i], w.Start[i+1]
		sum := memory[to]
		for k, j := range w.Col[first:last] {
			sum += float64(w.Value[first+k] * memory[p.from.start+int(j)*p.from.step])
		}
		memory[to] = sum
		to += p.to.step
	}
}

// sparseDecoders adds the columns of sparse matrices by the spikes that happened.
type sparseDecoders []sparseDecoder

type sparseDecoder struct {
	member *member
	view   program.View // which neurons of the population
	to     span
	start  []int // of the entries of each neuron
	row    []int32
	value  []float64
}

func (d sparseDecoders) run(e *Engine, _ float64) {
	for i := range d {
		one := &d[i]
		one.member.each(func(id int, x float64) {
			j, ok := one.view.Index(id)
			if !ok {
				return
			}
			for k := one.start[j]; k < one.start[j+1]; k++ {
				e.memory[one.to.start+int(one.row[k])*one.to.step] += float64(one.value[k] * x)
			}
		})
	}
}

// each calls f for every neuron that fired in this step, with its output.
func (m *member) each(f func(id int, x float64)) {
	g := m.group
	spikes := g.spikes[m.first:m.last]
	for k := 0; k < len(spikes); {
		id := int(spikes[k]) - m.lo
		var x float64
		x, k = g.outputAt(spikes, k)
		f(id, x)
	}
}

// delay holds values back, for a number of steps.
type delay struct {
	from, to span
	ring     []float64 // steps × values
	next     int       // the row that holds the oldest
}

func (e *Engine) buildDelays(l *layout, updates []program.Operator) {
	members := e.membersByOutput()
	for _, op := range updates {
		if op, ok := op.(*program.Delay); ok {
			noteDense(members, op.From)
			e.delays = append(e.delays, delay{from: l.span(op.From), to: l.span(op.To), ring: make([]float64, op.Steps*op.From.Count)})
		}
	}
}

// delay shows what was put into each delay Steps − 1 steps ago.
func (e *Engine) delay() {
	for i := range e.delays {
		d := &e.delays[i]
		n := d.from.n
		d.from.load(e.memory, d.ring[d.next:d.next+n])
		if d.next += n; d.next == len(d.ring) {
			d.next = 0
		}
		d.to.store(e.memory, d.ring[d.next:d.next+n])
	}
}
