package kernel

import "math"

// Nodes is the number of points in a step at which conductances are looked at.
const Nodes = 5

// ConductanceNode is one of these points, at a time of a substep.
type ConductanceNode struct {
	At     float64 // since the start of the substep, s
	Left   float64 // to its end, s
	Weight float64 // by e^(1/8), s
}

// expEighth is e^(−1/8), about which the exponential is expanded.
const expEighth = 0.88249690258459540286

// ConductanceNodes are Gauss and Legendre's rule of order 10 on a substep of length h:
// nodes at ½ and ½ ± sqrt(5 ± 2·sqrt(10/7))/6, with weights of 64/225 and
// (322 ± 13·sqrt(70))/1800.
func ConductanceNodes(h float64) (list [Nodes]ConductanceNode) {
	for i, q := range [Nodes]struct{ at, weight float64 }{
		{0.046910077030668004, 0.11846344252809454},
		{0.23076534494715845, 0.23931433524968324},
		{0.5, 0.28444444444444444},
		{0.7692346550528415, 0.23931433524968324},
		{0.953089922969332, 0.11846344252809454},
	} {
		s := float64(q.at * h)
		list[i] = ConductanceNode{At: s, Left: h - s, Weight: float64(q.weight*h) * expEighth}
	}
	return list
}

// ConductanceCourse is the course of a conductance over a substep: of one that is 1 at
// its start, and of one whose slope is 1, which is s e^(−s/τ) at the time s.
type ConductanceCourse struct {
	Decay  float64 // over the whole step
	Within float64 // over a substep
	Kick   float64 // weight → slope, with Alpha
	// At is e^(−s/τ) at the nodes, Rest ∫ₛʰ e^(−u/τ) du and SlopeRest ∫ₛʰ u e^(−u/τ) du.
	At, Rest, SlopeRest [Nodes]float64
}

// ConductanceMembrane is the constants of a membrane.
type ConductanceMembrane struct {
	Substeps  int     // at least 1
	ByC       float64 // 1/C, 1/F
	Leak      float64 // g_L/C, 1/s
	EL        float64 // V
	EEx, EIn  float64 // V
	IE        float64 // A, constant
	Threshold float64 // V
}

// Conductances is the step of membranes with an excitatory and an inhibitory
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
// with h ≤ 2/3 τ its error is below 1e-12 of ΔV. A step is divided into substeps to have
// it so.
type Conductances struct {
	Level Level
	ConductanceParams

	nodes  [Nodes]ConductanceNode // of a step that is not divided
	picked []int32                // by one call of assembly
	// What assembly reads, in the order of package gen.
	step, membranes, exs, ins laneTable
}

// ConductanceParams are the constants of the step. There is one membrane, and one
// course of each conductance, for all neurons, or one for each.
type ConductanceParams struct {
	Alpha     bool
	Dt        float64 // of the whole step, s
	Membranes []ConductanceMembrane
	Ex, In    []ConductanceCourse
}

// NewConductances returns the step with the given constants. It owns scratch
// memory: it is for one goroutine at a time.
func NewConductances(level Level, p ConductanceParams) *Conductances {
	k := &Conductances{Level: level.usable(), ConductanceParams: p, nodes: ConductanceNodes(p.Dt)}
	if k.Level > Portable {
		k.makeTables()
	}
	return k
}

// ConductanceRows is the state of some neurons, the first of which has the number
// First. Left is how long they are still refractory, s; the slopes are only there with
// Alpha.
type ConductanceRows struct {
	First                             int
	V, Ex, In, ExSlope, InSlope, Left []float64
}

func (k *Conductances) makeTables() {
	step := []float64{k.Dt, 0.5 * k.Dt}
	for _, n := range k.nodes {
		step = append(step, n.At, n.Left, n.Weight)
	}
	course := func(c *ConductanceCourse) []float64 {
		list := append(append([]float64{c.Decay}, c.At[:]...), c.Rest[:]...)
		if k.Alpha {
			list = append(append(list, c.Kick), c.SlopeRest[:]...)
		}
		return list
	}
	k.picked = make([]int32, callLimit+pad)
	k.step = newLaneTable(k.Level, [][]float64{step}, func(list *[]float64) []float64 { return *list })
	k.membranes = newLaneTable(k.Level, k.Membranes, (*ConductanceMembrane).constants)
	k.exs, k.ins = newLaneTable(k.Level, k.Ex, course), newLaneTable(k.Level, k.In, course)
}

// constants of a membrane. One that takes more than one substep has a threshold that
// leaves it to the portable loop.
func (m *ConductanceMembrane) constants() []float64 {
	threshold := m.Threshold
	if m.Substeps > 1 {
		threshold = math.Inf(-1)
	}
	return []float64{m.ByC, m.Leak, m.EL, m.EEx, m.EIn, m.IE, threshold}
}

// part is some of the neurons.
func (r ConductanceRows) part(from, to int) ConductanceRows {
	p := ConductanceRows{First: r.First + from, V: r.V[from:to], Ex: r.Ex[from:to], In: r.In[from:to], Left: r.Left[from:to]}
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
	from, to := whole(k.Level, rows.First, len(rows.V), &k.membranes, &k.exs, &k.ins)
	one := func(i int) {
		if !k.one(&rows, i, current[i], toEx[i], toIn[i]) {
			odd = append(odd, int32(i))
		}
	}
	for i := range from {
		one(i)
	}
	for ; from < to; from += callLimit {
		end := min(from+callLimit, to)
		n := conductancesVector(k, rows.part(from, end), current[from:end], toEx[from:end], toIn[from:end])
		for _, i := range k.picked[:n] {
			one(from + int(i))
		}
	}
	for i := to; i < len(rows.V); i++ {
		one(i)
	}
	return odd
}

// conductanceNeuron is the constants of one neuron.
type conductanceNeuron struct {
	*Conductances
	*ConductanceMembrane
	ex, in *ConductanceCourse
}

func (k *Conductances) neuron(i int) conductanceNeuron {
	return conductanceNeuron{k, own(k.Membranes, i), own(k.Ex, i), own(k.In, i)}
}

// one advances one neuron, unless it is odd.
func (k *Conductances) one(rows *ConductanceRows, i int, current, toEx, toIn float64) bool {
	n, c := k.neuron(rows.First+i), k.state(rows, i)
	if left := rows.Left[i]; left > 0 {
		left -= k.Dt
		if left < 0.5*k.Dt {
			left = 0
		}
		rows.Left[i] = left
	} else {
		rates, current := n.byC(c, current)
		if !(n.reach(rates, current) < n.Threshold) {
			return false
		}
		v, ok := n.integrate(rates, current)
		if !ok {
			return false
		}
		rows.V[i] = v
	}
	n.arrive(rows, i, c, toEx, toIn)
	return true
}

// Near advances a neuron that Step left, and is not refractory, when this is
// certain to be right: if V passes the threshold, it stays above it until the end
// of the step, or else it cannot pass it. It reports whether it did.
func (k *Conductances) Near(rows ConductanceRows, i int, current, toEx, toIn float64) bool {
	n, c := k.neuron(rows.First+i), k.state(&rows, i)
	rates, current := n.byC(c, current)
	if !(c.v < n.Threshold) || !n.oneWay(rates, current) {
		return false
	}
	v, ok := n.integrate(rates, current)
	if !ok {
		return false
	}
	rows.V[i] = v
	n.arrive(&rows, i, c, toEx, toIn)
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

// byC divides conductances and the current by the capacitance: they are in 1/s and V/s
// where the membrane is concerned.
func (n conductanceNeuron) byC(c conductances, current float64) (conductances, float64) {
	c.ex, c.in = float64(c.ex*n.ByC), float64(c.in*n.ByC)
	c.exSlope, c.inSlope = float64(c.exSlope*n.ByC), float64(c.inSlope*n.ByC)
	return c, float64((current + n.IE) * n.ByC)
}

// later is the conductances a step later.
func (n conductanceNeuron) later(c conductances) conductances {
	c.ex = float64(n.ex.Decay * (c.ex + float64(n.Dt*c.exSlope)))
	c.in = float64(n.in.Decay * (c.in + float64(n.Dt*c.inSlope)))
	c.exSlope = float64(n.ex.Decay * c.exSlope)
	c.inSlope = float64(n.in.Decay * c.inSlope)
	return c
}

// arrive carries the conductances over the step and adds what arrives.
func (n conductanceNeuron) arrive(rows *ConductanceRows, i int, c conductances, toEx, toIn float64) {
	c = n.later(c)
	toEx, toIn = math.Abs(toEx), math.Abs(toIn)
	if n.Alpha {
		rows.Ex[i], rows.In[i] = c.ex, c.in
		rows.ExSlope[i] = c.exSlope + float64(n.ex.Kick*toEx)
		rows.InSlope[i] = c.inSlope + float64(n.in.Kick*toIn)
		return
	}
	rows.Ex[i], rows.In[i] = c.ex+toEx, c.in+toIn
}

// reach is where V would come to if all that raises it lasted for the whole step.
func (n conductanceNeuron) reach(c conductances, current float64) float64 {
	r := n.drive(c, current)
	if n.Alpha {
		r.ex += float64(n.Dt * r.exSlope)
		r.in += float64(n.Dt * r.inSlope)
	}
	up := (larger(0, r.rest) + larger(0, r.ex)) + larger(0, r.in)
	return c.v + float64(n.Dt*up)
}

// oneWay says whether, at the threshold, V would rise throughout the step or fall
// throughout it. A conductance is least at one end of the step.
func (n conductanceNeuron) oneWay(c conductances, current float64) bool {
	end := n.later(c)
	rest := current - float64(n.Leak*(n.Threshold-n.EL))
	toEx, toIn := n.EEx-n.Threshold, n.EIn-n.Threshold
	low := rest + least(c.ex, end.ex, float64(n.Dt*c.exSlope), toEx) + least(c.in, end.in, float64(n.Dt*c.inSlope), toIn)
	high := rest - least(c.ex, end.ex, float64(n.Dt*c.exSlope), -toEx) - least(c.in, end.in, float64(n.Dt*c.inSlope), -toIn)
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
func (n conductanceNeuron) integrate(c conductances, current float64) (v float64, ok bool) {
	ok = c.ex >= 0 && c.in >= 0 && c.exSlope >= 0 && c.inSlope >= 0
	nodes, h := &n.nodes, n.Dt
	if n.Substeps > 1 {
		h = n.Dt / float64(n.Substeps)
		within := ConductanceNodes(h)
		nodes = &within
	}
	for left := n.Substeps; ; {
		change, few := n.change(nodes, c, current)
		c.v, ok = c.v+change, ok && few
		if left--; left == 0 || !ok {
			return c.v, ok
		}
		c.ex = float64(n.ex.Within * (c.ex + float64(h*c.exSlope)))
		c.in = float64(n.in.Within * (c.in + float64(h*c.inSlope)))
		c.exSlope = float64(n.ex.Within * c.exSlope)
		c.inSlope = float64(n.in.Within * c.inSlope)
	}
}

// change of V over a substep, and whether e^(−D) is a polynomial in it.
func (n conductanceNeuron) change(nodes *[Nodes]ConductanceNode, c conductances, current float64) (change float64, ok bool) {
	r := n.drive(c, current)
	var sum [Nodes]float64
	for i := range nodes {
		node := &nodes[i]
		d := float64(n.Leak*node.Left) + float64(c.ex*n.ex.Rest[i]) + float64(c.in*n.in.Rest[i])
		ex, in := r.ex, r.in
		if n.Alpha {
			d += float64(c.exSlope*n.ex.SlopeRest[i]) + float64(c.inSlope*n.in.SlopeRest[i])
			ex += float64(r.exSlope * node.At)
			in += float64(r.inSlope * node.At)
		}
		f := r.rest + float64(ex*n.ex.At[i]) + float64(in*n.in.At[i])
		if i == 0 {
			ok = d <= maxDecay
		}
		sum[i] = float64(shortExp(0.5*maxDecay-d) * f)
	}
	outer, inner := float64(nodes[0].Weight*(sum[0]+sum[4])), float64(nodes[1].Weight*(sum[1]+sum[3]))
	return (outer + inner) + float64(nodes[2].Weight*sum[2]), ok
}

// driven is what drives the membrane, V/s: what is constant over the step, and what
// goes with each conductance and its slope.
type driven struct{ rest, ex, in, exSlope, inSlope float64 }

func (n conductanceNeuron) drive(c conductances, current float64) driven {
	toEx, toIn := n.EEx-c.v, n.EIn-c.v
	return driven{
		rest: current - float64(n.Leak*(c.v-n.EL)),
		ex:   float64(c.ex * toEx), in: float64(c.in * toIn),
		exSlope: float64(c.exSlope * toEx), inSlope: float64(c.inSlope * toIn),
	}
}
