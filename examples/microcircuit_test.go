package examples_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"soma/connect"
	"soma/script"
	"soma/stats"
	"soma/validation"
)

var populations = []struct {
	name string
	n    int
	rate float64 // in NEST 3.10 with Poisson input, Hz
}{
	{"L23E", 20683, 0.90},
	{"L23I", 5834, 2.97},
	{"L4E", 21915, 4.41},
	{"L4I", 5479, 5.88},
	{"L5E", 4850, 7.57},
	{"L5I", 1065, 8.63},
	{"L6E", 14395, 1.11},
	{"L6I", 2948, 7.83},
}

// The full circuit is too large for a test to run, but not to be read.
func TestMicrocircuitIsComplete(t *testing.T) {
	model, err := script.Load("microcircuit.star", script.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range populations {
		if got := model.Network.Populations[i]; got.Name != p.name || got.N != p.n {
			t.Errorf("population %d is %s of %d neurons, want %s of %d", i, got.Name, got.N, p.name, p.n)
		}
	}
	synapses, weights := 0, map[float64]bool{}
	for _, c := range model.Network.Connections {
		if rule, ok := c.Rule.(connect.FixedTotal); ok {
			synapses += rule.N
			weights[math.Round(c.Weight.(connect.Normal).Mean*1e14)] = true
		}
	}
	if math.Abs(float64(synapses)-2.99e8) > 0.005e8 {
		t.Errorf("%d synapses, want 2.99e8", synapses)
	}
	// Currents for potentials of 0.15 mV, 0.30 mV and −0.60 mV.
	for _, picoampere := range []float64{87.81, 175.62, -351.23} {
		if !weights[math.Round(picoampere*100)] {
			t.Errorf("no weights of %g pA, but %v (in 10 fA)", picoampere, weights)
		}
	}
}

// With fewer neurons the rates stay near those of the full circuit; those of layers
// 2/3 and 5 fall behind. Half a second of L5E differs by 0.24 Hz (one standard
// deviation) between seeds, with 7.04 Hz on average of eight.
func TestMicrocircuitRates(t *testing.T) {
	for _, c := range []struct {
		scale, poisson string
		off            float64 // Hz
	}{
		{"0.3", "true", 0.5}, {"0.3", "false", 0.9},
	} {
		r := runFor(t, "microcircuit.star", map[string]string{"scale": c.scale, "poisson": c.poisson}, 0, 0.7)
		for _, p := range populations {
			off := c.off
			if p.name == "L5E" {
				off = 0.5 + 4*0.24
			}
			if got := r.after(p.name, 0.2).MeanRate(); math.Abs(got-p.rate) > off {
				t.Errorf("scale %s, Poisson %s: %s fires at %.2f Hz, want %.2f within %g", c.scale, c.poisson, p.name, got, p.rate, off)
			}
		}
	}
}

// At a tenth of the size the same circuit was run in NEST with twelve seeds
// (validation/nest/microcircuit.py). Rates and the distributions of irregularity
// and of correlations, by mean, standard deviation and five quantiles, are held to
// the spread between those seeds: the means over n and m seeds are to differ by
// at most 4.5 standard errors, s·sqrt(1/n + 1/m). Of the 120 numbers one would
// fail by chance in ten choices of seeds.
func TestMicrocircuitStatisticsAgainstNest(t *testing.T) {
	const settle, limit = 0.2, 4.5
	const rounding = 1e-5 // of the numbers in the file
	reference := validation.Columns(t, "nest/microcircuit.csv")
	got := map[string][]float64{} // by name and population
	key := func(name string, population int) string { return fmt.Sprint(populations[population].name, " ", name) }
	seeds := []uint64{1, 2}
	for _, seed := range seeds {
		model, err := script.Load("microcircuit.star", script.Options{Set: map[string]string{"scale": "0.1"}, Seed: &seed})
		if err != nil {
			t.Fatal(err)
		}
		r := simulate(t, model, 0, 5.2)
		for i, p := range populations {
			s := r.after(p.name, settle)
			pairs, err := s.Correlations(2e-3, 200, seed)
			if err != nil {
				t.Fatal(err)
			}
			add := func(name string, x float64) { got[key(name, i)] = append(got[key(name, i)], x) }
			add("rate", s.MeanRate())
			summarise(add, "cv", s.CVs())
			summarise(add, "corr", pairs)
		}
	}
	checked := 0
	for name, column := range reference {
		if name == "seed" || name == "population" {
			continue
		}
		for i := range populations {
			var want []float64
			for row, x := range column {
				if int(reference["population"][row]) == i {
					want = append(want, x)
				}
			}
			values := got[key(name, i)]
			spread := stats.Deviation(want) * math.Sqrt(1/float64(len(values))+1/float64(len(want)))
			if off := math.Abs(stats.Mean(values) - stats.Mean(want)); !(off <= limit*spread+rounding*math.Abs(stats.Mean(want))) {
				t.Errorf("%s is %.4g, in NEST %.4g: %.1f standard errors off", key(name, i), stats.Mean(values), stats.Mean(want), off/spread)
			}
			checked++
		}
	}
	if want := len(populations) * 15; checked != want {
		t.Errorf("%d numbers compared, want %d", checked, want)
	}
}

// summarise gives the mean, standard deviation and quantiles of what is known of
// some values.
func summarise(add func(name string, x float64), what string, values []float64) {
	values = slices.DeleteFunc(slices.Clone(values), math.IsNaN)
	slices.Sort(values)
	n := float64(len(values))
	add(what+"_mean", stats.Mean(values))
	add(what+"_sd", stats.Deviation(values)*math.Sqrt((n-1)/n))
	for _, percent := range []int{5, 25, 50, 75, 95} {
		at := float64(percent) / 100 * (n - 1)
		low := int(at)
		high := min(low+1, len(values)-1)
		add(fmt.Sprintf("%s_q%02d", what, percent), values[low]+(at-float64(low))*(values[high]-values[low]))
	}
}
