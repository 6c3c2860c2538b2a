package engine

import (
	"slices"

	"soma/connect"
	"soma/internal/kernel"
	"soma/internal/program"
)

// decoders adds weights times spikes to sums, by the spikes that happened.
type decoders []interface{ decode(e *Engine) }

func (d decoders) run(e *Engine, _ float64) {
	for _, one := range d {
		one.decode(e)
	}
}

// decoder is the product from some neurons of one population.
type decoder struct {
	member *member
	view   program.View // which neurons of the population
	to     span
	scale  float64         // where there are no weights
	rows   *connect.Matrix // weights of each neuron; nil: scale
}

func newDecoder(l *layout, op *program.Product, m *member) *decoder {
	d := &decoder{member: m, view: op.From, to: l.span(op.To), scale: op.Scale}
	if op.Weights != nil {
		d.rows = op.Weights.Transposed()
	}
	m.group.listed = true
	return d
}

func (d *decoder) decode(e *Engine) {
	g := d.member.group
	spikes := g.spikes[d.member.first:d.member.last]
	for k := 0; k < len(spikes); {
		id := spikes[k]
		var x float64
		x, k = g.outputAt(spikes, k)
		i, ok := d.view.Index(int(id) - d.member.lo)
		switch {
		case !ok:
		case d.rows == nil:
			e.memory[d.to.start+i*d.to.step] += float64(d.scale * x)
		default:
			at := d.to.start
			for _, w := range d.rows.Row(i) {
				e.memory[at] += float64(w * x)
				at += d.to.step
			}
		}
	}
}

// outputAt is the output of the neuron that spikes[k] is of, and where the spikes
// of the next neuron begin: it may have fired more than once in this step.
func (g *group) outputAt(spikes []int32, k int) (x float64, next int) {
	x = g.spikeSize
	for next = k + 1; next < len(spikes) && spikes[next] == spikes[k]; next++ {
		x += g.spikeSize
	}
	return x, next
}

// decoderTable is the products from whole populations of one group, each into as
// many values side by side: one pass over the spikes does them all.
type decoderTable struct {
	group   *group
	lo, hi  int
	width   int
	parts   []part    // the populations, and what lies between them
	weights []float64 // width for each neuron from lo on
	// targets are the values added to; apart says that no two parts add to the same.
	targets map[int]bool
	apart   bool
}

// part is neurons that add to the same values.
type part struct {
	hi int32 // behind its last neuron, from lo of the table on
	to int32 // where its values begin; -1: none
}

// fitsTable says whether a product may be part of a table.
func fitsTable(op *program.Product, to span, m *member) bool {
	return op.Weights != nil && op.From.Start == 0 && op.From.Contiguous() && op.From.Count == m.hi-m.lo &&
		(to.contiguous() || to.n == 1)
}

// add appends the neurons of a population.
func (t *decoderTable) add(op *program.Product, to span, m *member) {
	if gap := m.lo - t.hi; gap > 0 {
		t.parts = append(t.parts, part{int32(m.lo - t.lo), -1})
		t.weights = append(t.weights, make([]float64, gap*t.width)...)
	}
	t.parts = append(t.parts, part{int32(m.hi - t.lo), int32(to.start)})
	for i := range to.n {
		t.apart = t.apart && !t.targets[to.start+i]
		t.targets[to.start+i] = true
	}
	t.weights = append(t.weights, op.Weights.Transposed().Data...)
	t.hi = m.hi
}

// spikesPerThread is the least number of spikes that is worth a thread of its own.
const spikesPerThread = 2048

func (t *decoderTable) decode(e *Engine) {
	if t.apart && e.team.Size() > 1 && len(t.group.spikes)*t.width >= spikesPerThread*e.team.Size() {
		e.team.Split(len(t.parts), func(_, first, last int) { t.decodeParts(e, first, last) })
	} else {
		t.decodeParts(e, 0, len(t.parts))
	}
}

func (t *decoderTable) decodeParts(e *Engine, first, last int) {
	spikes, start := t.group.spikes, int32(t.lo)
	if first > 0 {
		start += t.parts[first-1].hi
	}
	if start > 0 {
		at, _ := slices.BinarySearch(spikes, start)
		spikes = spikes[at:]
	}
	k, lo := 0, int32(t.lo)
	for _, p := range t.parts[first:last] {
		first := k
		for k < len(spikes) && spikes[k]-lo < p.hi {
			k++
		}
		if first == k || p.to < 0 {
			continue
		}
		if t.width == 1 {
			e.memory[p.to] = t.sum(e.memory[p.to], spikes[first:k])
		} else {
			t.addRows(e, e.memory[p.to:int(p.to)+t.width], spikes[first:k])
		}
	}
}

// sum adds what spikes give to a value, which stays in a register.
func (t *decoderTable) sum(value float64, spikes []int32) float64 {
	for k := 0; k < len(spikes); {
		i := int(spikes[k]) - t.lo
		var x float64
		x, k = t.group.outputAt(spikes, k)
		value += float64(t.weights[i] * x)
	}
	return value
}

// addRows adds what spikes give to values.
func (t *decoderTable) addRows(e *Engine, y []float64, spikes []int32) {
	level := e.options.Level
	for len(spikes) > 0 {
		n := single(spikes)
		kernel.AddRows(level, y, t.group.spikeSize, t.weights, spikes[:n], t.lo)
		if spikes = spikes[n:]; len(spikes) > 0 {
			x, next := t.group.outputAt(spikes, 0)
			kernel.AddRows(level, y, x, t.weights, spikes[:1], t.lo)
			spikes = spikes[next:]
		}
	}
}

// single is how many spikes there are before the first neuron that fires more than
// once in the step.
func single(spikes []int32) int {
	for n := 1; n < len(spikes); n++ {
		if spikes[n] == spikes[n-1] {
			return n - 1
		}
	}
	return len(spikes)
}

// decoderBuilder collects the products from spikes of one level. Every sum is
// added to in the order of the program.
type decoderBuilder struct {
	list decoders
	last map[int]int // of each value that is added to: the last in the list that does
}

func (b *decoderBuilder) add(l *layout, op *program.Product, m *member) {
	to := l.span(op.To)
	after := -1 // no decoder from here on in the list adds to the same values
	for k := range to.n {
		if i, ok := b.last[to.start+k*to.step]; ok {
			after = max(after, i)
		}
	}
	at := b.place(op, to, m, max(after, 0))
	if at == len(b.list) {
		b.list = append(b.list, newDecoder(l, op, m))
	}
	if b.last == nil {
		b.last = map[int]int{}
	}
	for k := range to.n {
		b.last[to.start+k*to.step] = at
	}
}

// place puts a product into a table of the list, from a place in it on, or into a
// new one, and gives its place; len(list) if it fits none.
func (b *decoderBuilder) place(op *program.Product, to span, m *member, from int) int {
	if !fitsTable(op, to, m) {
		return len(b.list)
	}
	for i := from; i < len(b.list); i++ {
		if t, ok := b.list[i].(*decoderTable); ok && t.group == m.group && t.width == to.n && t.hi <= m.lo {
			t.add(op, to, m)
			return i
		}
	}
	t := &decoderTable{group: m.group, lo: m.lo, hi: m.lo, width: to.n, targets: map[int]bool{}, apart: true}
	t.add(op, to, m)
	b.list = append(b.list, t)
	return len(b.list) - 1
}
