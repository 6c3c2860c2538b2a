package neuron_test

import (
	"math"
	"testing"

	"soma/dist"
	"soma/internal/kernel"
	"soma/internal/rng"
	"soma/neuron"
	"soma/validation"
)

// given has whatever is put in as its rate.
type given struct{}

func (given) Spec() neuron.Spec                             { return neuron.Spec{Name: "given", Amplitude: 1, Signed: true} }
func (given) NewStepper(neuron.Env) (neuron.Stepper, error) { return given{}, nil }
func (given) Step(b *neuron.Block)                          { copy(b.Output, b.Input) }
func (given) Rates(rates, currents []float64)               { copy(rates, currents) }

// The models follow Nengo's, state by state and step by step.
func TestTracesAgainstNengo(t *testing.T) {
	var traces map[string]struct {
		J    []float64
		Dt   float64
		Rows [][]float64 // state variables, then the output
	}
	validation.JSON(t, "nengo/neuron_traces.json", &traces)
	for name, c := range map[string]struct {
		model neuron.Model
		start []float64
	}{
		"AdaptiveLIF_const3":       {neuron.AdaptiveLIF{TauN: 0.1, IncN: 0.05}, []float64{0, 0, 0}},
		"AdaptiveLIF_default_lcg":  {neuron.AdaptiveLIF{}, []float64{0, 0, 0}},
		"AdaptiveLIFRate_const3":   {neuron.AdaptiveLIFRate{TauN: 0.1, IncN: 0.05}, []float64{0}},
		"Izhikevich_const10":       {neuron.Izhikevich{}, []float64{-65, 0}},
		"Izhikevich_lcg_v0":        {neuron.Izhikevich{}, []float64{0, 0}},
		"RegularSpiking_J_is_rate": {neuron.RegularSpiking{BaseType: given{}}, []float64{0}},
	} {
		trace := traces[name]
		s, err := c.model.NewStepper(neuron.Env{Dt: trace.Dt, Level: kernel.Best()})
		if err != nil {
			t.Fatal(err)
		}
		spec := c.model.Spec()
		b := &neuron.Block{Output: make([]float64, 1)}
		for _, x := range c.start {
			b.State = append(b.State, []float64{x})
		}
		for i, j := range trace.J {
			b.Input, b.Spikes = []float64{j}, nil
			s.Step(b)
			var got []float64
			for k, row := range b.State {
				x := row[0]
				if spec.States[k].Name == "refractory_time" {
					x = max(x, trace.Rows[i][k]) // Nengo's goes on falling below 0
				}
				got = append(got, x)
			}
			out := b.Output[0]
			if spec.Spiking {
				out = float64(len(b.Spikes)) * spec.Amplitude / trace.Dt
			}
			if diff := validation.Near(append(got, out), trace.Rows[i], 1e-11); diff != "" {
				t.Errorf("%s, step %d: %s", name, i+1, diff)
				break
			}
		}
	}
}

// The mean and the variance of the number of spikes are those of the process: of
// a Poisson process, and of rounding at random.
func TestRandomSpikes(t *testing.T) {
	const n, steps, dt = 2000, 50, 1e-3
	for _, rate := range []float64{0, 3, 40, 950, 2300, 130000} {
		mean := rate * dt
		part := mean - math.Floor(mean)
		for name, c := range map[string]struct {
			model    neuron.Model
			variance float64
		}{
			"Poisson":    {neuron.PoissonSpiking{BaseType: neuron.RectifiedLinear{}}, mean},
			"stochastic": {neuron.StochasticSpiking{BaseType: neuron.RectifiedLinear{}}, part * (1 - part)},
		} {
			s, err := c.model.NewStepper(neuron.Env{Dt: dt, Stream: rng.New(1, "cells", "neuron")})
			if err != nil {
				t.Fatal(err)
			}
			b := &neuron.Block{Input: make([]float64, n)}
			for i := range b.Input {
				b.Input[i] = rate
			}
			sum, squares := 0.0, 0.0
			for b.Step = 1; b.Step <= steps; b.Step++ {
				b.Spikes, b.At = b.Spikes[:0], b.At[:0]
				s.Step(b)
				count := make([]float64, n)
				for _, i := range b.Spikes {
					count[i]++
				}
				for _, k := range count {
					sum, squares = sum+k, squares+(k-mean)*(k-mean)
				}
			}
			const samples = n * steps
			if got, sd := sum/samples, math.Sqrt(c.variance/samples); math.Abs(got-mean) > 4*sd+1e-12 {
				t.Errorf("%s, %g Hz: %g spikes in a step, want %g ± %g", name, rate, got, mean, sd)
			}
			if got := squares / samples; math.Abs(got-c.variance) > 4*math.Sqrt((c.variance+2*c.variance*c.variance)/samples)+1e-12 {
				t.Errorf("%s, %g Hz: variance %g, want %g", name, rate, got, c.variance)
			}
		}
	}
}

// A stream is split anywhere without a change: neurons 3 to 6 of a block alone
// draw the same as within the block.
func TestRandomSpikesKnowTheirNeuron(t *testing.T) {
	model := neuron.PoissonSpiking{BaseType: neuron.Tanh{}}
	run := func(first, n int) []float64 {
		s, err := model.NewStepper(neuron.Env{Dt: 1e-3, Stream: rng.New(1, "cells", "neuron")})
		if err != nil {
			t.Fatal(err)
		}
		b := &neuron.Block{Step: 7, First: first, Input: make([]float64, n), Output: make([]float64, n)}
		for i := range b.Input {
			b.Input[i] = -float64(first+i) / 3
		}
		s.Step(b)
		return b.Output
	}
	all, some := run(0, 9), run(3, 3)
	negative := 0
	for i, x := range some {
		if x != all[3+i] {
			t.Errorf("neuron %d gives %g alone and %g among others", 3+i, x, all[3+i])
		}
	}
	for _, x := range all {
		if x < 0 {
			negative++
		}
	}
	if negative == 0 {
		t.Error("negative rates give no negative output")
	}
}

// untuned hides the formula for gain and bias.
type untuned struct{ rated }

type rated interface {
	neuron.Model
	neuron.Rater
}

// Read backwards, a rate curve gives the gain and bias of the formula.
func TestNumericalTuning(t *testing.T) {
	for name, m := range map[string]rated{
		"LIF": neuron.LIF{}, "LIF, amplitude": neuron.LIF{Amplitude: 0.01}, "RectifiedLinear": neuron.RectifiedLinear{},
		"IF": neuron.IF{TauRef: 0.002}, "LeakyIF": neuron.LeakyIF{TauRef: 0.001, Rest: -0.065, Reset: -0.06, Threshold: -0.05},
	} {
		inverse, problem := neuron.NewTuner(untuned{m}, 380)
		if problem != nil {
			t.Errorf("%s: %v", name, problem)
			continue
		}
		for _, rate := range []float64{20, 100, 380} {
			for _, intercept := range []float64{-1, 0, 0.9} {
				gain, bias, _ := inverse.GainBias(rate, intercept)
				wantGain, wantBias, _ := m.(neuron.Tuner).GainBias(rate, intercept)
				size := max(math.Abs(wantGain), math.Abs(wantBias))
				if math.Abs(gain-wantGain) > 1e-9*size || math.Abs(bias-wantBias) > 1e-9*size {
					t.Errorf("%s, %g Hz, %g: gain %g and bias %g, want %g and %g", name, rate, intercept, gain, bias, wantGain, wantBias)
				}
			}
		}
	}
}

// Point neurons can be tuned: the closed form of iaf_psc_exp, and the measured
// rate of others, is the one wanted at 1, and 0 below the intercept.
func TestPointNeuronTuning(t *testing.T) {
	for name, c := range map[string]struct {
		model rated
		near  float64 // relative
	}{
		"iaf_psc_exp":  {neuron.IafPscExp{}, 1e-9},
		"driven":       {neuron.IafPscExp{IE: 600e-12}, 1e-9}, // fires without an input
		"iaf_cond_exp": {neuron.IafCondExp{}, 1e-9},
		"izhikevich":   {neuron.IzhikevichPoint{}, 0.05},
		"Izhikevich":   {neuron.Izhikevich{}, 0.05},
	} {
		tuner, problem := neuron.NewTuner(c.model, 100)
		if problem != nil {
			t.Errorf("%s: %v", name, problem)
			continue
		}
		for _, rate := range []float64{20, 90} {
			gain, bias, problem := tuner.GainBias(rate, -0.5)
			if problem != nil {
				t.Errorf("%s: %v", name, problem)
				continue
			}
			rates := make([]float64, 2)
			c.model.Rates(rates, []float64{gain + bias, bias - 0.52*gain})
			if math.Abs(rates[0]-rate) > c.near*rate || rates[1] != 0 {
				t.Errorf("%s, %g Hz: %g Hz at 1 and %g below the intercept", name, rate, rates[0], rates[1])
			}
		}
	}
}

// Nengo reads Izhikevich's curve from a grid of up to 1; both reach the rate within
// one spike in the second that is counted.
func TestMeasuredTuning(t *testing.T) {
	tuner, problem := neuron.NewTuner(neuron.Izhikevich{}, 100)
	if problem != nil {
		t.Fatal(problem)
	}
	compared := 0
	for _, row := range validation.Rows(t, "nengo/gain_bias.csv") {
		if row["neuron"] != "Izhikevich" {
			continue
		}
		compared++
		number := func(name string) float64 { return validation.Number(t, row[name]) }
		gain, bias, problem := tuner.GainBias(number("max_rate"), number("intercept"))
		if problem != nil {
			t.Fatal(problem)
		}
		rates := make([]float64, 2)
		neuron.Izhikevich{}.Rates(rates, []float64{gain + bias, number("gain") + number("bias")})
		threshold, wantThreshold := bias+gain*number("intercept"), number("bias")+number("gain")*number("intercept")
		if math.Abs(rates[0]-number("max_rate")) > 1 || math.Abs(rates[1]-number("max_rate")) > 1 || math.Abs(threshold-wantThreshold) > 0.9 {
			t.Errorf("%v: from %g to %g Hz, want %g to %g", row, threshold, rates[0], wantThreshold, rates[1])
		}
	}
	if compared != 9 {
		t.Errorf("%d rows compared", compared)
	}
}

func TestTuningProblems(t *testing.T) {
	for _, c := range []struct {
		model   neuron.Model
		highest float64
		field   string
	}{
		{neuron.IafPscExp{}, 600, "max_rates"}, // t_ref 2 ms
		{untuned{neuron.Sigmoid{}}, 700, "max_rates"},
		{neuron.PoissonGenerator{}, 100, ""},
	} {
		_, problem := neuron.NewTuner(c.model, c.highest)
		if problem == nil || problem.Field != c.field || problem.Remedy == "" {
			t.Errorf("%T: got %v, want a problem with %q", c.model, problem, c.field)
		}
	}
}

func TestModelProblems(t *testing.T) {
	for field, m := range map[string]neuron.Model{
		"base_type":        neuron.RegularSpiking{BaseType: neuron.LIF{}},
		"base_type.tau_rc": neuron.PoissonSpiking{BaseType: neuron.LIFRate{TauRC: -1}},
		"amplitude":        neuron.StochasticSpiking{Amplitude: -1},
		"reset_voltage":    neuron.Izhikevich{ResetVoltage: 40},
		"tau_n":            neuron.AdaptiveLIF{TauN: -1},
		"tau_ref":          neuron.Sigmoid{TauRef: -1},
	} {
		problems := neuron.Check(m)
		if len(problems) == 0 || problems[0].Field != field {
			t.Errorf("%T: %v, want a problem with %s", m, problems, field)
		}
	}
	if problems := neuron.Check(neuron.RegularSpiking{BaseType: neuron.AdaptiveLIFRate{}}); problems != nil {
		t.Error(problems)
	}
}

// After long, adaptation leaves the rate of the mean field.
func TestAdaptedRate(t *testing.T) {
	m := neuron.AdaptiveLIFRate{TauN: 0.1, IncN: 0.05, Amplitude: 2}
	want := make([]float64, 3)
	currents := []float64{0.5, 3, 10}
	steps := int(m.AdaptedRates(want, currents) / 1e-3)
	s, err := m.NewStepper(neuron.Env{Dt: 1e-3})
	if err != nil {
		t.Fatal(err)
	}
	start, _ := dist.Constant{}.Draw(neuron.Env{}.Stream, 3, 1)
	b := &neuron.Block{Input: currents, State: [][]float64{start}, Output: make([]float64, 3)}
	for range steps {
		s.Step(b)
	}
	if diff := validation.Near(b.Output, want, 1e-4); diff != "" || want[0] != 0 {
		t.Error(diff, want)
	}
}
