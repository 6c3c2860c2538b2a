package engine

import (
	"soma/connect"
	"soma/internal/kernel"
	"soma/internal/program"
)

// products adds weights times values to sums.
type products []product

type product struct {
	from, to span
	scale    float64
	weights  *connect.Matrix // nil: scale
	columns  *connect.Matrix // weights transposed, where the sum runs by columns
	x, y     []float64       // copies of views that are not contiguous
}

func newProduct(l *layout, op *program.Product) product {
	p := product{from: l.span(op.From), to: l.span(op.To), scale: op.Scale, weights: op.Weights}
	if op.Weights != nil && op.To.Count >= op.From.Count {
		p.columns = op.Weights.Transposed()
	}
	if !p.from.contiguous() || p.to.n == 1 {
		p.x = make([]float64, p.from.n)
	}
	if !p.to.contiguous() {
		p.y = make([]float64, p.to.n)
	}
	return p
}

func (p products) run(e *Engine, _ float64) {
	for i := range p {
		p[i].run(e)
	}
}

// run follows the order of summation of program.Multiply.
func (p *product) run(e *Engine) {
	if p.weights == nil {
		to, from := p.to.start, p.from.start
		for range p.to.n {
			e.memory[to] += float64(p.scale * e.memory[from])
			to += p.to.step
			from += p.from.step
		}
		return
	}
	x, y := p.from.view(e.memory, p.x), p.to.view(e.memory, p.y)
	switch {
	case p.columns == nil:
		for i := range y {
			y[i] += kernel.Dot(e.options.Level, p.weights.Row(i), x)
		}
	case e.team.parts(len(y)) > 1:
		e.team.split(len(y), func(_, lo, hi int) { p.addColumns(e, x, y, lo, hi) })
	default:
		p.addColumns(e, x, y, 0, len(y))
	}
	if p.y != nil {
		p.to.store(e.memory, y)
	}
}

// addColumns adds the columns to y[lo:hi].
func (p *product) addColumns(e *Engine, x, y []float64, lo, hi int) {
	for j := range x {
		column := p.columns.Row(j)[lo:hi]
		if len(column) < 16 {
			for i, w := range column {
				y[lo+i] += float64(w * x[j])
			}
			continue
		}
		kernel.Axpy(e.options.Level, y[lo:hi], x[j], column)
	}
}

// view gives the values of a span: in place, or copied to scratch.
func (s span) view(memory, scratch []float64) []float64 {
	if s.contiguous() {
		return s.of(memory)
	}
	s.load(memory, scratch)
	return scratch
}

// decoders adds weights times spikes to sums, by the spikes that happened.
type decoders []decoder

type decoder struct {
	member *member
	view   program.View // which neurons of the population
	to     span
	size   float64         // of one spike: amplitude/dt
	scale  float64         // where there are no weights
	rows   *connect.Matrix // weights of each neuron; nil: scale
	spike  *connect.Matrix // rows times size: what one spike adds
}

func newDecoder(l *layout, op *program.Product, m *member) decoder {
	d := decoder{member: m, view: op.From, to: l.span(op.To), size: m.group.spikeSize, scale: op.Scale}
	if op.Weights != nil {
		d.rows = op.Weights.Transposed()
		d.spike = d.rows.Scaled(d.size)
	}
	return d
}

func (d decoders) run(e *Engine, _ float64) {
	for i := range d {
		if m := d[i].member; m.first < m.last {
			d[i].run(e.memory)
		}
	}
}

func (d *decoder) run(memory []float64) {
	spikes := d.member.group.spikes[d.member.first:d.member.last]
	for k := 0; k < len(spikes); {
		id := spikes[k]
		x := d.size
		for k++; k < len(spikes) && spikes[k] == id; k++ {
			x += d.size // it fired more than once in this step
		}
		i, ok := d.view.Index(int(id) - d.member.lo)
		switch {
		case !ok:
		case d.rows == nil:
			memory[d.to.start+i*d.to.step] += float64(d.scale * x)
		case x == d.size:
			d.add(memory, d.spike.Row(i), 1)
		default:
			d.add(memory, d.rows.Row(i), x)
		}
	}
}

func (d *decoder) add(memory []float64, row []float64, x float64) {
	at := d.to.start
	for _, w := range row {
		memory[at] += float64(w * x)
		at += d.to.step
	}
}
