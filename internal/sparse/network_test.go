package sparse

import (
	"math"
	"runtime"
	"strings"
	"testing"

	"soma/connect"
	"soma/internal/kernel"
)

// rates runs a network and returns the firing rate of each population.
func rates(t *testing.T, spec Spec, warmUp, steps int) []float64 {
	t.Helper()
	spec.Level = kernel.Best()
	n, err := New(spec)
	if err != nil {
		t.Fatal(err)
	}
	advance(n, runtime.GOMAXPROCS(0), warmUp)
	rates := make([]float64, len(spec.Populations))
	for i := range rates {
		rates[i] = -float64(n.SpikeCount(i))
	}
	advance(n, runtime.GOMAXPROCS(0), steps)
	for i := range rates {
		rates[i] = (rates[i] + float64(n.SpikeCount(i))) / float64(spec.Populations[i].N) / (float64(steps) * spec.Dt)
	}
	return rates
}

// NEST 3.10 has 38.0 Hz, mean-field theory 37.95 Hz.
func TestBrunelRate(t *testing.T) {
	r := rates(t, brunel(10000, 5, 2), 1000, 5000)
	if rate := (4*r[0] + r[1]) / 5; math.Abs(rate-38) > 0.8 {
		t.Errorf("rate %.2f Hz, want 38.0", rate)
	}
}

// siegert is the rate of an integrate-and-fire neuron driven by white noise
// (Siegert 1951; doi:10.1103/PhysRev.81.617), potentials relative to rest.
func siegert(m IafPscDelta, mean, std float64) float64 {
	const n = 20000
	low, high := (m.VReset-mean)/std, (m.VTh-mean)/std
	integral := 0.0
	for i := range n {
		u := low + (high-low)*(float64(i)+0.5)/n
		integral += math.Exp(u*u) * math.Erfc(-u) * (high - low) / n
	}
	return 1 / (m.TRef + m.TauM*math.Sqrt(math.Pi)*integral)
}

// Uncoupled neurons with Brunel's external drive. In steps of 0.1 ms the
// threshold is passed a little later than in continuous time.
func TestRateOfDrivenNeurons(t *testing.T) {
	for _, eta := range []float64{1, 1.2, 2} {
		spec := brunel(8000, 5, eta)
		spec.Projections = nil
		model, input := spec.Populations[0].Model.(IafPscDelta), spec.Populations[0].Poisson
		mean := input.Weight * input.Rate * model.TauM
		want := siegert(model, mean, input.Weight*math.Sqrt(input.Rate*model.TauM))
		r := rates(t, spec, 2000, 5000)
		if rate := (4*r[0] + r[1]) / 5; math.Abs(rate-want) > 0.015*want {
			t.Errorf("drive %g: rate %.2f Hz, theory %.2f Hz", eta, rate, want)
		}
	}
}

func TestDelaySteps(t *testing.T) {
	for _, c := range []struct {
		delay float64
		steps int
	}{{0.01 * ms, 1}, {0.1 * ms, 1}, {0.14 * ms, 1}, {0.16 * ms, 2}, {1.5 * ms, 15}, {0.25, 2500}} {
		if got := DelaySteps(c.delay, 0.1*ms); got != c.steps {
			t.Errorf("%g s is %d steps, want %d", c.delay, got, c.steps)
		}
	}
	if got := DelaySteps(2.5, 1); got != 3 {
		t.Errorf("2.5 steps are rounded to %d, want 3", got)
	}
}

// The table gives every number of bits the delay that the distribution gives it.
func TestDelayTable(t *testing.T) {
	value := connect.Normal{Mean: 1.5 * ms, Std: 0.75 * ms, Low: 0.1 * ms, High: math.Inf(1)}
	d, err := newDelayDraw(value, 0.1*ms)
	if err != nil {
		t.Fatal(err)
	}
	check := func(word uint32) {
		if got, want := d.low+int(d.table.offset(word)), DelaySteps(value.At(word), 0.1*ms); got != want {
			t.Errorf("word %#x: %d steps, want %d", word, got, want)
		}
	}
	for i := range uint32(10000) {
		check(i * 429497)
	}
	for _, end := range d.table.ends[:len(d.table.ends)-1] {
		check(uint32(end))
		check(uint32(end - 1))
	}
	check(0)
	check(math.MaxUint32)
}

func TestErrors(t *testing.T) {
	good := mixed()
	for _, c := range []struct {
		want  string
		spoil func(*Spec)
	}{
		{"dt", func(s *Spec) { s.Dt = 0 }},
		{"population 1: a Poisson rate", func(s *Spec) { s.Populations[1].Poisson.Rate = -1 }},
		{"population 2: OneCurrent", func(s *Spec) {
			m := s.Populations[2].Model.(IafPscExp)
			m.TauIn = 1
			s.Populations[2].Model = m
		}},
		{"population 0: 3 initial", func(s *Spec) { s.Populations[0].V = make([]float64, 3) }},
		{"projection 2: receptor 2", func(s *Spec) { s.Projections[2].Receptor = 2 }},
		{"projection 4: rule: ", func(s *Spec) { s.Projections[4].Target.N = 64 }},
		{"projection 6: weight: the array has 1", func(s *Spec) { s.Projections[6].Weight = connect.Array{1} }},
		{"projection 0: weight: an array needs", func(s *Spec) { s.Projections[0].Weight = connect.Array{1} }},
		{"projection 0: delays from 0 to 0", func(s *Spec) { s.Projections[0].Delay = connect.Constant(0) }},
		{"more than 1 partitions", func(s *Spec) { s.Populations[0].N = 70000; s.Partitions = 1 }},
	} {
		spec := good
		spec.Populations = append([]Population(nil), good.Populations...)
		spec.Projections = append([]Projection(nil), good.Projections...)
		c.spoil(&spec)
		if _, err := New(spec); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v, want %q in it", err, c.want)
		}
	}
}
