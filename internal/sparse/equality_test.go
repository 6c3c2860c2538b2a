package sparse

import (
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"testing"
	"unsafe"

	"soma/connect"
	"soma/internal/kernel"
	"soma/internal/rng"
)

// mixed is a small network with both models, all kinds of weights and delays,
// sizes that are no multiples of a group, and parts of populations.
func mixed() Spec {
	exp := IafPscExp{C: 250 * pF, TauM: 10 * ms, TauEx: 2 * ms, TauIn: 3 * ms, EL: -70 * mV, VTh: -55 * mV, VReset: -70 * mV, TRef: 2 * ms, Ie: 360 * pA}
	one := exp
	one.TauIn, one.OneCurrent = one.TauEx, true
	delta := IafPscDelta{C: 250 * pF, TauM: 10 * ms, EL: -70 * mV, VTh: -55 * mV, VReset: -70 * mV, TRef: 2 * ms, Ie: 350 * pA}
	alpha := IafPscAlpha{C: 250 * pF, TauM: 10 * ms, TauEx: 2 * ms, TauIn: 2 * ms, EL: -70 * mV, VTh: -55 * mV, VReset: -70 * mV, TRef: 2 * ms, Ie: 360 * pA}
	stream := func(i int, what string) rng.Stream { return rng.New(7, fmt.Sprint("mixed.", i), what) }
	spec := Spec{Dt: 0.1 * ms}
	for i, p := range []Population{
		{N: 333, Model: exp, Poisson: Poisson{Rate: 8000, Weight: 20 * pA}},
		{N: 200, Model: delta, Poisson: Poisson{Rate: 3000, Weight: 0.5 * mV}},
		{N: 65, Model: one, Poisson: Poisson{Rate: 200000, Weight: 1 * pA}}, // several summands
		{N: 1, Model: alpha, Poisson: Poisson{Rate: 8000, Weight: 30 * pA}},
		{N: 40, Model: delta},
		{N: 70, Model: one, Each: unlike(one, 70), Poisson: Poisson{Rate: 8000, Weight: 30 * pA}},
		{N: 130, Model: alpha, Each: unlike(alpha, 130)},
	} {
		p.Poisson.Stream = stream(i, "poisson")
		spec.Populations = append(spec.Populations, p)
	}
	gamma := connect.Normal{Mean: 1.5 * ms, Std: 1 * ms, Low: 0.1 * ms, High: math.Inf(1)}
	for i, p := range []Projection{
		{Source: Part{Population: 0}, Target: Part{Population: 0}, Rule: connect.FixedTotal{N: 9000}, Weight: connect.Normal{Mean: 30 * pA, Std: 10 * pA, High: math.Inf(1)}, Delay: gamma},
		{Source: Part{Population: 0}, Target: Part{Population: 1}, Rule: connect.FixedOutdegree{K: 20}, Weight: connect.Normal{Mean: 0.2 * mV, Std: 0.1 * mV, High: math.Inf(1)}, Delay: connect.Uniform{Low: 0.3 * ms, High: 2 * ms}},
		{Source: Part{Population: 1}, Target: Part{Population: 0}, Receptor: 1, Rule: connect.FixedIndegree{K: 10, NoMultapses: true}, Weight: connect.Constant(-50 * pA), Delay: connect.Constant(0.2 * ms)},
		{Source: Part{Population: 1}, Target: Part{Population: 2}, Receptor: 1, Rule: connect.Bernoulli{P: 0.1}, Weight: connect.Constant(-50 * pA), Delay: connect.Constant(0.5 * ms)},
		{Source: Part{Population: 2}, Target: Part{Population: 0, First: 50, N: 65}, Rule: connect.OneToOne{}, Weight: connect.Constant(100 * pA), Delay: gamma},
		{Source: Part{Population: 3}, Target: Part{Population: 1}, Rule: connect.AllToAll{}, Weight: connect.Constant(1 * mV), Delay: connect.Constant(5 * ms)},
		{Source: Part{Population: 1}, Target: Part{Population: 5}, Receptor: 1, Rule: connect.FixedIndegree{K: 10}, Weight: connect.Constant(-50 * pA), Delay: connect.Constant(0.3 * ms)},
		{Source: Part{Population: 5}, Target: Part{Population: 6}, Rule: connect.Bernoulli{P: 0.2}, Weight: connect.Constant(40 * pA), Delay: gamma},
		{Source: Part{Population: 0, First: 10, N: 5}, Target: Part{Population: 4}, Rule: connect.Explicit{Pre: []int{4, 0, 0, 1, 4}, Post: []int{39, 0, 0, 33, 0}}, Weight: connect.Array{1 * mV, 2 * mV, -3 * mV, 4 * mV, 20 * mV}, Delay: connect.Array{1 * ms, 2 * ms, 2 * ms, 4 * ms, 1 * ms}},
	} {
		p.Pairs, p.Weights, p.Delays = stream(i, "pairs"), stream(i, "weights"), stream(i, "delays")
		spec.Projections = append(spec.Projections, p)
	}
	return spec
}

// unlike gives each neuron parameters of its own, around those of a model.
func unlike(model Model, n int) (each []Model) {
	source := rng.New(5, "unlike", "test").Source(0)
	around := func(x *float64) { *x *= 1 + 0.1*(source.Float64()-0.5) }
	for range n {
		switch m := model.(type) {
		case IafPscDelta:
			around(&m.C)
			around(&m.TauM)
			around(&m.EL)
			around(&m.VReset)
			around(&m.TRef)
			each = append(each, m)
		case IafPscExp:
			around(&m.TauM)
			around(&m.VTh)
			around(&m.Ie)
			around(&m.TRef)
			if !m.OneCurrent {
				around(&m.TauEx)
				around(&m.TauIn)
			}
			each = append(each, m)
		case IafPscAlpha:
			around(&m.C)
			around(&m.VTh)
			around(&m.EL)
			around(&m.TauEx)
			around(&m.TauIn)
			each = append(each, m)
		}
	}
	return each
}

// outcome is every spike and a hash of the state.
func outcome(t *testing.T, spec Spec, runs ...int) (spikes []Spike, state uint64) {
	t.Helper()
	n, err := New(spec)
	if err != nil {
		t.Fatal(err)
	}
	return outcomeOf(n, spec.Threads, runs...)
}

func outcomeOf(n *Network, threads int, runs ...int) (spikes []Spike, state uint64) {
	for i := range n.populations {
		n.Record(i)
	}
	for _, steps := range runs {
		advance(n, threads, steps)
		spikes = append(spikes, n.Spikes()...)
	}
	h := fnv.New64a()
	for i := range n.populations {
		fmt.Fprintf(h, "%x", n.Potentials(i))
	}
	return spikes, h.Sum64()
}

// The same spikes and the same state, bit for bit, on any number of partitions
// and threads, at every level, and however the run is divided.
func TestResultDependsOnTheModelOnly(t *testing.T) {
	spec := mixed()
	spec.Partitions, spec.Threads = 1, 1
	want, state := outcome(t, spec, 3000)
	emitted := make([]int, len(spec.Populations))
	for _, s := range want {
		emitted[s.Population]++
	}
	for i, n := range emitted {
		if n < 10 {
			t.Errorf("population %d emits only %d spikes", i, n)
		}
	}
	for _, level := range kernel.Levels() {
		for _, partitions := range []int{1, 2, 3, 8} {
			for _, threads := range []int{1, 2, 3} {
				spec.Level, spec.Partitions, spec.Threads = level, partitions, threads
				got, gotState := outcome(t, spec, 1, 7, 992, 2000)
				if fmt.Sprint(got) != fmt.Sprint(want) || gotState != state {
					t.Errorf("%v, %d partitions, %d threads: %d spikes, want %d; state %x, want %x", level, partitions, threads, len(got), len(want), gotState, state)
				}
			}
		}
	}
}

// Where delays are long, spikes are received some steps after they were emitted.
// They arrive when they would if they were received in the next step.
func TestLateReceptionChangesNothing(t *testing.T) {
	spec := mixed()
	for i := range spec.Projections {
		spec.Projections[i].Delay = connect.Uniform{Low: 0.5 * ms, High: 3 * ms}
	}
	var want []Spike
	var state uint64
	for _, c := range []struct{ partitions, threads, lag int }{{1, 1, 1}, {1, 1, 5}, {3, 1, 5}, {3, 2, 3}, {3, 3, 5}, {8, 3, 5}} {
		spec.Partitions, spec.Threads = c.partitions, c.threads
		n, err := New(spec)
		if err != nil {
			t.Fatal(err)
		}
		if n.lag != 5 {
			t.Fatalf("spikes are received after %d steps, want the shortest delay, 5", n.lag)
		}
		n.lag = c.lag
		got, gotState := outcomeOf(n, c.threads, 1, 30, 2000)
		if want == nil {
			want, state = got, gotState
		}
		if !slices.Equal(got, want) || gotState != state {
			t.Errorf("%+v: %d spikes, want %d; state %x, want %x", c, len(got), len(want), gotState, state)
		}
	}
	if len(want) < 100 {
		t.Errorf("only %d spikes", len(want))
	}
}

// A group of neurons with awkward values, all levels against the portable loop.
func TestKernelsAgreeOnAwkwardValues(t *testing.T) {
	values := []float64{0, math.Copysign(0, -1), 1, -1, 15e-3, math.Nextafter(15e-3, 0), math.NaN(), math.Inf(1), math.Inf(-1), 5e-324, -1e-310, 1e300, 0.1}
	source := rng.New(3, "kernels", "test").Source(0)
	pick := func(n int) []float64 {
		x := make([]float64, n)
		for i := range x {
			if x[i] = 20e-3 * (source.Float64() - 0.3); source.IntN(3) == 0 {
				x[i] = values[source.IntN(len(values))]
			}
		}
		return x
	}
	exp := IafPscExp{C: 250 * pF, TauM: 10 * ms, TauEx: 2 * ms, TauIn: 3 * ms, VTh: 15 * mV, TRef: 2 * ms, Ie: 100 * pA}
	one := exp
	one.TauIn, one.OneCurrent = exp.TauEx, true
	alpha := IafPscAlpha{C: 250 * pF, TauM: 10 * ms, TauEx: 2 * ms, TauIn: 0.3 * ms, VTh: 15 * mV, TRef: 2 * ms, Ie: 100 * pA}
	for _, model := range []Model{exp, one, alpha, IafPscDelta{C: 250 * pF, TauM: 10 * ms, VTh: 15 * mV, TRef: 2 * ms}} {
		for _, rate := range []float64{0, 10, 20000, 3e5} {
			for _, n := range []int{1, 31, 32, 97, 3*longestCall + 5} {
				size := (n + group - 1) / group * group
				original := cells{first: 64, n: n, v: pick(size), iEx: pick(size), iIn: pick(size), dEx: pick(size), dIn: pick(size), rows: [][]float64{pick(size)}, refractory: make([]uint16, size)}
				for i := range original.refractory {
					original.refractory[i] = []uint16{0, 0, 1, 2, maxRefractory}[source.IntN(5)]
				}
				alike := Population{N: 64 + n, Model: model, Poisson: Poisson{Rate: rate, Weight: 1 * mV, Stream: rng.New(1, "a", "b")}}
				each := alike
				each.Each = unlike(model, each.N)
				for _, population := range []Population{alike, each} {
					var want string
					for _, level := range kernel.Levels() {
						c, spikes := original.stepped(population, level)
						got := fmt.Sprint(bitsOf(c.v), bitsOf(c.iEx), bitsOf(c.iIn), bitsOf(c.dEx), bitsOf(c.dIn), bitsOf(c.rows[0]), c.refractory, spikes)
						if level == kernel.Portable {
							want = got
						} else if got != want {
							t.Errorf("%T, %g Hz, %d neurons, own parameters: %v: %v differs from portable", model, rate, n, population.Each != nil, level)
						}
					}
				}
			}
		}
	}
}

// stepped is the cells of a share after a step.
func (c cells) stepped(p Population, level kernel.Level) (cells, []uint32) {
	c = c.clone()
	spikes := make([]uint32, 1, len(c.v)+group+1)
	spikes = p.kernel(1e-4, share{first: c.first, n: c.n}, level).step(&c, 1<<33+5, spikes)
	return c, spikes
}

// A neuron with parameters of its own does what it does among neurons that have
// the same.
func TestOwnParametersAreThoseOfTheNeuron(t *testing.T) {
	for _, p := range mixed().Populations {
		if p.N < 40 {
			continue
		}
		each := p
		each.Each = unlike(p.Model, p.N)
		rows := func() [][]float64 { return [][]float64{make([]float64, 64), make([]float64, 64)} }
		start := newCells(each, share{n: 40}, rows())
		for i := range start.v {
			start.v[i] = 1e-3 * float64(i%20)
			for r, row := range start.rows {
				row[i] = float64([]float64{1e-4, -1e-4}[r] * float64(i%(3+2*r)))
			}
		}
		got, spikes := start.stepped(each, kernel.Best())
		if len(spikes) < 2 {
			t.Errorf("%T: no spike", p.Model)
		}
		for i := range start.n {
			alone := p
			alone.Model = each.Each[i]
			want, _ := start.stepped(alone, kernel.Portable)
			if got.v[i] != want.v[i] || got.refractory[i] != want.refractory[i] || got.iEx != nil && got.iEx[i] != want.iEx[i] {
				t.Errorf("%T: neuron %d: V = %v, want %v", p.Model, i, got.v[i], want.v[i])
			}
		}
	}
}

func (c cells) clone() cells {
	c.rows = slices.Clone(c.rows)
	for _, s := range []*[]float64{&c.v, &c.iEx, &c.iIn, &c.dEx, &c.dIn, &c.rows[0]} {
		*s = slices.Clone(*s)
	}
	c.refractory = append([]uint16(nil), c.refractory...)
	return c
}

// bitsOf tells zeros apart but not NaNs, whose payload depends on the order of
// the operands of an addition.
func bitsOf(x []float64) []uint64 {
	b := make([]uint64, len(x))
	for i := range x {
		if b[i] = math.Float64bits(x[i]); x[i] != x[i] {
			b[i] = math.Float64bits(math.NaN())
		}
	}
	return b
}

// The generator of the assembly knows these offsets.
func TestOffsetsOfArguments(t *testing.T) {
	var a stepArgs
	for i, offset := range []uintptr{
		unsafe.Offsetof(a.v), unsafe.Offsetof(a.iEx), unsafe.Offsetof(a.iIn), unsafe.Offsetof(a.dEx), unsafe.Offsetof(a.dIn),
		unsafe.Offsetof(a.arrived), unsafe.Offsetof(a.refractory), unsafe.Offsetof(a.n), unsafe.Offsetof(a.spikes), unsafe.Offsetof(a.counts),
		unsafe.Offsetof(a.first), unsafe.Offsetof(a.block), unsafe.Offsetof(a.step), unsafe.Offsetof(a.summands),
		unsafe.Offsetof(a.decay), unsafe.Offsetof(a.drive), unsafe.Offsetof(a.ex), unsafe.Offsetof(a.exDecay),
		unsafe.Offsetof(a.in), unsafe.Offsetof(a.inDecay), unsafe.Offsetof(a.vTh), unsafe.Offsetof(a.reset),
		unsafe.Offsetof(a.exAlpha), unsafe.Offsetof(a.exAlpha) + unsafe.Offsetof(a.exAlpha.rise),
		unsafe.Offsetof(a.inAlpha), unsafe.Offsetof(a.inAlpha) + unsafe.Offsetof(a.inAlpha.rise),
		unsafe.Offsetof(a.constants) + unsafe.Offsetof(a.constants.refractory), unsafe.Offsetof(a.weight), unsafe.Offsetof(a.place), unsafe.Offsetof(a.refractoryOf),
		unsafe.Offsetof(a.own),
	} {
		if offset != uintptr(8*i) {
			t.Errorf("field %d is at %d, want %d", i, offset, 8*i)
		}
	}
	end := unsafe.Offsetof(a.own)
	for _, field := range []struct {
		name         string
		offset, size uintptr
	}{
		{"own", unsafe.Offsetof(a.own), 8 * numbers},
		{"ownMask", unsafe.Offsetof(a.ownMask), 8 * numbers},
		{"keys", unsafe.Offsetof(a.keys), 16 * (aesRounds + 1)},
		{"table", unsafe.Offsetof(a.table), 128},
		{"upper", unsafe.Offsetof(a.upper), 64},
		{"lower", unsafe.Offsetof(a.lower), 64},
	} {
		if field.offset != end {
			t.Errorf("%s is at %d, want %d", field.name, field.offset, end)
		}
		end += field.size
	}
}
