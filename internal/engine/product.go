package engine

import (
	"soma/connect"
	"soma/internal/kernel"
	"soma/internal/program"
)

// products adds weights times values to sums.
type products []interface{ add(e *Engine) }

func (p products) run(e *Engine, _ float64) {
	for _, one := range p {
		one.add(e)
	}
}

// terms are products of single values, of whatever connections: to += weight ·
// from, one after the other.
type terms struct {
	to, from []int32
	weight   []float64
	products int // that they came from
}

func (t *terms) append(to, from int, weight float64) {
	t.to, t.from, t.weight = append(t.to, int32(to)), append(t.from, int32(from)), append(t.weight, weight)
}

func (t *terms) add(e *Engine) {
	memory, from, weight := e.memory, t.from[:len(t.to)], t.weight[:len(t.to)]
	for i, to := range t.to {
		memory[to] += float64(weight[i] * memory[from[i]])
	}
}

// scaled is a factor times many values side by side.
type scaled struct {
	from, to span
	scale    float64
}

func (s *scaled) add(e *Engine) {
	kernel.Axpy(e.options.Level, s.to.of(e.memory), s.scale, s.from.of(e.memory))
}

// matrix is weights times a vector.
type matrix struct {
	from, to span
	weights  *connect.Matrix // by rows; nil: columns
	columns  *kernel.Columns
	x, y     []float64 // copies of views that are not contiguous
}

func newMatrix(op *program.Product, from, to span) *matrix {
	m := &matrix{from: from, to: to, weights: op.Weights}
	if op.To.Count >= op.From.Count {
		m.weights, m.columns = nil, kernel.NewColumns(op.Weights.Rows, op.Weights.Cols, op.Weights.Data)
	}
	if !from.contiguous() {
		m.x = make([]float64, from.n)
	}
	if !to.contiguous() {
		m.y = make([]float64, to.n)
	}
	return m
}

// add follows the order of summation of program.Multiply.
func (m *matrix) add(e *Engine) {
	x, y := m.from.view(e.memory, m.x), m.to.view(e.memory, m.y)
	if e.team.Size() > 1 && m.work() >= workPerThread*e.team.Size() {
		e.team.Split(len(y), func(_, lo, hi int) { m.rows(e, x, y, lo, hi) })
	} else {
		m.rows(e, x, y, 0, len(y))
	}
	if m.y != nil {
		m.to.store(e.memory, y)
	}
}

// workPerThread is the least number of weights that is worth a thread of its own.
const workPerThread = 1 << 15

func (m *matrix) work() int { return m.from.n * m.to.n }

// rows adds to y[lo:hi].
func (m *matrix) rows(e *Engine, x, y []float64, lo, hi int) {
	if m.columns != nil {
		m.columns.Set(e.options.Level, y[lo:hi], y[lo:hi], x, lo)
		return
	}
	for i := lo; i < hi; i++ {
		y[i] += kernel.Dot(e.options.Level, m.weights.Row(i), x)
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

// productBuilder collects the products of one level. Every sum is added to in the
// order of the program.
type productBuilder struct {
	list  products
	terms *terms // that further products may join
	// written are the values that what comes after these terms in the list adds to.
	written map[int]bool
}

// Products of fewer values than this, and of fewer weights, become terms.
const (
	fewValues  = 64
	fewWeights = 16
)

func (b *productBuilder) add(l *layout, op *program.Product) {
	from, to := l.span(op.From), l.span(op.To)
	// A product of one number has no step between values.
	byColumns := op.Weights != nil && op.To.Count >= op.From.Count
	switch {
	case op.Weights == nil && (to.n < fewValues || !from.contiguous() || !to.contiguous()):
		t := b.termsFor(to)
		t.products++
		for i := range to.n {
			t.append(to.start+i*to.step, from.start+i*from.step, op.Scale)
		}
	case byColumns && from.n*to.n <= fewWeights:
		t := b.termsFor(to)
		t.products++
		for j := range from.n {
			for i := range to.n {
				t.append(to.start+i*to.step, from.start+j*from.step, op.Weights.At(i, j))
			}
		}
	case op.Weights == nil:
		b.put(&scaled{from, to, op.Scale}, to)
	default:
		b.put(newMatrix(op, from, to), to)
	}
}

// termsFor gives the terms that a product into a span may join: the open ones,
// unless something after them in the list adds to the same values.
func (b *productBuilder) termsFor(to span) *terms {
	fresh := b.terms == nil
	for i := 0; i < to.n && !fresh; i++ {
		fresh = b.written[to.start+i*to.step]
	}
	if fresh {
		b.terms, b.written = &terms{}, map[int]bool{}
		b.list = append(b.list, b.terms)
	}
	return b.terms
}

func (b *productBuilder) put(p interface{ add(e *Engine) }, to span) {
	b.list = append(b.list, p)
	if b.terms == nil {
		return
	}
	for i := range to.n {
		b.written[to.start+i*to.step] = true
	}
}
