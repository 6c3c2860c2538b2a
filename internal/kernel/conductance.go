package kernel

import "math"

// Nodes is the number of points in a step at which conductances are looked at.
const Nodes = 5

// ConductanceNode is what the integral over a step takes at one of its nodes, a
// time s from the start of the step, h being its end.
type ConductanceNode struct {
	Weight float64 // of the node, times h/C, by e^(1/8): s/F
	Leak   float64 // g_L (h − s)/C
	Ex, In ConductanceCourse
}

// ConductanceCourse is the course of a conductance that is 1 at the start of the
// step, and of one whose slope is 1.
type ConductanceCourse struct {
	At        float64 // e^(−s/τ)
	Rest      float64 // ∫ₛʰ e^(−u/τ) du/C
	SlopeAt   float64 // s e^(−s/τ)
	SlopeRest float64 // ∫ₛʰ u e^(−u/τ) du/C
}

// Conductances is the step of a membrane with an excitatory and an inhibitory
// conductance whose courses are known,
//
//	C dV/dt = −g_L (V − E_L) − g_ex(t) (V − E_ex) − g_in(t) (V − E_in) + I,
//	g(t) = (g + d·t) e^(−t/τ),   d = 0 unless Alpha.
//
// The equation is linear in V, and the change of V is an integral,
//
//	ΔV = 1/C ∫₀ʰ e^(−D(s)) r(s) ds,
//	D(s) = 1/C ∫ₛʰ g_L + g_ex(u) + g_in(u) du,
//	r(s) = I − g_L (V₀ − E_L) − g_ex(s) (V₀ − E_ex) − g_in(s) (V₀ − E_in),
//
// which is summed up by Gauss and Legendre's rule: of order 10, so that
// with h ≤ 2/3 τ its error is below 1e-12 of ΔV. A step is divided into Substeps to have
// it so.
type Conductances struct {
	Level Level
	ConductanceParams

	constants *conductanceTable
	picked    []int32 // by one call of assembly
}

// ConductanceParams are the constants of the step.
type ConductanceParams struct {
	Alpha    bool
	Substeps int // at least 1

	Dt        float64 // of the whole step, s
	DtByC     float64 // s/F
	GL        float64 // S
	EL        float64 // V
	EEx, EIn  float64 // V
	IE        float64 // A, constant
	Threshold float64 // V
	Node      [Nodes]ConductanceNode

	Substep            float64 // s
	ExDecay, InDecay   float64 // over the step
	ExWithin, InWithin float64 // over a substep
	ExKick, InKick     float64 // weight → slope, with Alpha
}

// NewConductances returns the step with the given constants. It owns scratch
// memory: it is for one goroutine at a time.
func NewConductances(level Level, p ConductanceParams) *Conductances {
	return &Conductances{
		Level: level.usable(), ConductanceParams: p,
		constants: p.table(), picked: make([]int32, callLimit+pad),
	}
}

// ConductanceRows is the state of some neurons. Left is how long they are still
// refractory, s; the slopes are only there with Alpha.
type ConductanceRows struct {
	V, Ex, In, ExSlope, InSlope, Left []float64
}

// part is some of the neurons.
func (r ConductanceRows) part(from, to int) ConductanceRows {
	p := ConductanceRows{V: r.V[from:to], Ex: r.Ex[from:to], In: r.In[from:to], Left: r.Left[from:to]}
	if r.ExSlope != nil {
		p.ExSlope, p.InSlope = r.ExSlope[from:to], r.InSlope[from:to]
	}
	return p
}

// maxDecay is the largest D at which e^(−D) is a polynomial.
const maxDecay = 0.25

// Polynomial for e^t, |t| ≤ 1/8, with a relative error of 1.3e-14.
const (
	shortExp0 = 0x1.fffffffffff98p-1
	shortExp1 = 0x1.ffffffffffff4p-1
	shortExp2 = 0x1.000000003407dp-1
	shortExp3 = 0x1.555555556c74ep-3
	shortExp4 = 0x1.55555144c1159p-5
	shortExp5 = 0x1.11110f429d041p-7
	shortExp6 = 0x1.6c4ac7da1d9d1p-10
	shortExp7 = 0x1.a0483fb740955p-13
)

// shortExp returns e^t for |t| ≤ 1/8.
func shortExp(t float64) float64 {
	p := shortExp6 + float64(t*shortExp7)
	p = shortExp5 + float64(t*p)
	p = shortExp4 + float64(t*p)
	p = shortExp3 + float64(t*p)
	p = shortExp2 + float64(t*p)
	p = shortExp1 + float64(t*p)
	return shortExp0 + float64(t*p)
}

// larger is a if a > b, else b, also when it is not a number.
func larger(a, b float64) float64 {
	if a > b {
		return a
	}
	return b
}

// Step advances neurons by a step, all but those that it appends to odd, by their
// index, rising: those that might come to the threshold in this step, and those
// whose conductances are negative or so large that the membrane moves by a quarter
// towards them. Of these nothing is changed. A refractory neuron keeps V.
//
// The current of each neuron is constant over the step; toEx and toIn, of any
// sign, arrive at its end.
func (k *Conductances) Step(rows ConductanceRows, current, toEx, toIn []float64, odd []int32) []int32 {
	done := 0
	if k.Level != Portable && k.Substeps == 1 {
		done = blocks(len(rows.V), k.Level.lanes(), func(from, to int) {
			n := conductancesVector(k, rows.part(from, to), current[from:to], toEx[from:to], toIn[from:to])
			for _, i := range k.picked[:n] {
				odd = append(odd, int32(from)+i)
			}
		})
	}
	for i := done; i < len(rows.V); i++ {
		if !k.one(&rows, i, current[i], toEx[i], toIn[i]) {
			odd = append(odd, int32(i))
		}
	}
	return odd
}

// one advances one neuron, unless it is odd.
func (k *Conductances) one(rows *ConductanceRows, i int, current, toEx, toIn float64) bool {
	c := k.state(rows, i)
	if left := rows.Left[i]; left > 0 {
		left -= k.Dt
		if left < 0.5*k.Dt {
			left = 0
		}
		rows.Left[i] = left
	} else {
		current += k.IE
		v, ok := k.integrate(c, current)
		if !(k.reach(c, current) < k.Threshold && ok) {
			return false
		}
		rows.V[i] = v
	}
	k.arrive(rows, i, c, toEx, toIn)
	return true
}

// Near advances a neuron that Step left, and is not refractory, when this is
// certain to be right: if V passes the threshold, it stays above it until the end
// of the step, or else it cannot pass it. It reports whether it did.
func (k *Conductances) Near(rows ConductanceRows, i int, current, toEx, toIn float64) bool {
	c := k.state(&rows, i)
	current += k.IE
	v, ok := k.integrate(c, current)
	if !ok || !(c.v < k.Threshold) || !k.oneWay(c, current) {
		return false
	}
	rows.V[i] = v
	k.arrive(&rows, i, c, toEx, toIn)
	return true
}

// conductances is the state of one neuron.
type conductances struct{ v, ex, in, exSlope, inSlope float64 }

func (k *Conductances) state(rows *ConductanceRows, i int) conductances {
	c := conductances{v: rows.V[i], ex: rows.Ex[i], in: rows.In[i]}
	if k.Alpha {
		c.exSlope, c.inSlope = rows.ExSlope[i], rows.InSlope[i]
	}
	return c
}

// later is the conductances a step later.
func (k *Conductances) later(c conductances) conductances {
	c.ex = float64(k.ExDecay * (c.ex + float64(k.Dt*c.exSlope)))
	c.in = float64(k.InDecay * (c.in + float64(k.Dt*c.inSlope)))
	c.exSlope = float64(k.ExDecay * c.exSlope)
	c.inSlope = float64(k.InDecay * c.inSlope)
	return c
}

// arrive carries the conductances over the step and adds what arrives.
func (k *Conductances) arrive(rows *ConductanceRows, i int, c conductances, toEx, toIn float64) {
	c = k.later(c)
	toEx, toIn = math.Abs(toEx), math.Abs(toIn)
	if k.Alpha {
		rows.Ex[i], rows.In[i] = c.ex, c.in
		rows.ExSlope[i] = c.exSlope + float64(k.ExKick*toEx)
		rows.InSlope[i] = c.inSlope + float64(k.InKick*toIn)
		return
	}
	rows.Ex[i], rows.In[i] = c.ex+toEx, c.in+toIn
}

// reach is where V would come to if all that raises it lasted for the whole step.
func (k *Conductances) reach(c conductances, current float64) float64 {
	r := k.drive(c, current)
	if k.Alpha {
		r.ex += float64(k.Dt * r.exSlope)
		r.in += float64(k.Dt * r.inSlope)
	}
	return c.v + float64(k.DtByC*((larger(0, r.rest)+larger(0, r.ex))+larger(0, r.in)))
}

// oneWay says whether, at the threshold, V would rise throughout the step or fall
// throughout it. A conductance is least at one end of the step.
func (k *Conductances) oneWay(c conductances, current float64) bool {
	end := k.later(c)
	rest := current - float64(k.GL*(k.Threshold-k.EL))
	toEx, toIn := k.EEx-k.Threshold, k.EIn-k.Threshold
	low := rest + least(c.ex, end.ex, float64(k.Dt*c.exSlope), toEx) + least(c.in, end.in, float64(k.Dt*c.inSlope), toIn)
	high := rest - least(c.ex, end.ex, float64(k.Dt*c.exSlope), -toEx) - least(c.in, end.in, float64(k.Dt*c.inSlope), -toIn)
	return low > 0 || high < 0
}

// least bounds g·distance from below over a step in which g starts and ends as
// given and rises by at most rise.
func least(start, end, rise, distance float64) float64 {
	if distance > 0 {
		return float64(min(start, end) * distance)
	}
	return float64((start + rise) * distance)
}

// integrate returns V at the end of the step as long as it stays below the
// threshold, and whether the conductances allow it.
func (k *Conductances) integrate(c conductances, current float64) (v float64, ok bool) {
	ok = c.ex >= 0 && c.in >= 0 && c.exSlope >= 0 && c.inSlope >= 0
	for left := k.Substeps; ; {
		r := k.drive(c, current)
		var sum [Nodes]float64
		for n := range k.Node {
			node := &k.Node[n]
			d := node.Leak + float64(c.ex*node.Ex.Rest) + float64(c.in*node.In.Rest)
			f := r.rest + float64(r.ex*node.Ex.At) + float64(r.in*node.In.At)
			if k.Alpha {
				d += float64(c.exSlope*node.Ex.SlopeRest) + float64(c.inSlope*node.In.SlopeRest)
				f += float64(r.exSlope*node.Ex.SlopeAt) + float64(r.inSlope*node.In.SlopeAt)
			}
			if n == 0 {
				ok = ok && d <= maxDecay
			}
			sum[n] = float64(node.Weight * float64(shortExp(0.5*maxDecay-d)*f))
		}
		c.v += ((sum[0] + sum[1]) + (sum[2] + sum[3])) + sum[4]
		if left--; left == 0 || !ok {
			return c.v, ok
		}
		c.ex = float64(k.ExWithin * (c.ex + float64(k.Substep*c.exSlope)))
		c.in = float64(k.InWithin * (c.in + float64(k.Substep*c.inSlope)))
		c.exSlope = float64(k.ExWithin * c.exSlope)
		c.inSlope = float64(k.InWithin * c.inSlope)
	}
}

// driven is what drives the membrane, A: what is constant over the step, and what
// goes with each conductance and its slope.
type driven struct{ rest, ex, in, exSlope, inSlope float64 }

func (k *Conductances) drive(c conductances, current float64) driven {
	toEx, toIn := k.EEx-c.v, k.EIn-c.v
	return driven{
		rest: current - float64(k.GL*(c.v-k.EL)),
		ex:   float64(c.ex * toEx), in: float64(c.in * toIn),
		exSlope: float64(c.exSlope * toEx), inSlope: float64(c.inSlope * toIn),
	}
}

// conductanceTable holds the constants that the assembly is given, in the order of
// package gen; each fills a vector.
type conductanceTable [13 + 10*Nodes][8]float64

func (p *ConductanceParams) table() *conductanceTable {
	list := []float64{
		p.Dt, 0.5 * p.Dt, p.DtByC, p.GL, p.EL, p.EEx, p.EIn, p.IE, p.Threshold,
		p.ExDecay, p.InDecay, p.ExKick, p.InKick,
	}
	for _, n := range p.Node {
		list = append(list, n.Weight, n.Leak, n.Ex.At, n.Ex.Rest, n.In.At, n.In.Rest,
			n.Ex.SlopeAt, n.Ex.SlopeRest, n.In.SlopeAt, n.In.SlopeRest)
	}
	t := new(conductanceTable)
	for i, x := range list {
		for lane := range t[i] {
			t[i][lane] = x
		}
	}
	return t
}
