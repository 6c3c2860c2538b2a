package neuron_test

import (
	"math"
	"testing"

	"soma/internal/kernel"
	"soma/neuron"
	"soma/validation"
)

// models are the neurons of the reference files, by their names there.
var models = map[string]neuron.Model{
	"LIF":                          neuron.LIF{},
	"LIF_ref0":                     neuron.LIF{TauRef: neuron.Zero},
	"LIF_amp0.5":                   neuron.LIF{Amplitude: 0.5},
	"LIFRate":                      neuron.LIFRate{},
	"LIFRate_rc50_ref1":            neuron.LIFRate{TauRC: 0.05, TauRef: 0.001},
	"LIFRate_amp0.5_ref1ms_rc50ms": neuron.LIFRate{TauRC: 0.05, TauRef: 0.001, Amplitude: 0.5},
	"LIFRate_ref0":                 neuron.LIFRate{TauRef: neuron.Zero},
	"RectifiedLinear":              neuron.RectifiedLinear{},
	"RectifiedLinear_amp0.2":       neuron.RectifiedLinear{Amplitude: 0.2},
	"SpikingRectifiedLinear":       neuron.SpikingRectifiedLinear{},
	"AdaptiveLIF":                  neuron.AdaptiveLIF{},
	"AdaptiveLIFRate":              neuron.AdaptiveLIFRate{},
	"Sigmoid":                      neuron.Sigmoid{},
	"Sigmoid_ref5ms":               neuron.Sigmoid{TauRef: 0.005},
	"Tanh":                         neuron.Tanh{},
	"Izhikevich":                   neuron.Izhikevich{},
	"Izhikevich_FS":                neuron.Izhikevich{TauRecovery: 0.1},
	"Izhikevich_IB":                neuron.Izhikevich{ResetVoltage: -55, ResetRecovery: 4},
	"RegularSpiking_LIFRate":       neuron.RegularSpiking{BaseType: neuron.LIFRate{}},
}

func TestRatesAgainstNengo(t *testing.T) {
	want := validation.Columns(t, "nengo/rates.csv")
	compared := 0
	for name, model := range models {
		column, ok := want[name]
		if !ok {
			continue
		}
		compared++
		got := make([]float64, len(column))
		model.(neuron.Rater).Rates(got, want["J"])
		if diff := validation.Near(got, column, 1e-12); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	if compared != len(want)-1 {
		t.Errorf("%d models compared of %d", compared, len(want)-1)
	}
}

func TestGainBiasAgainstNengo(t *testing.T) {
	compared := map[string]bool{}
	for _, row := range validation.Rows(t, "nengo/gain_bias.csv") {
		model, ok := models[row["neuron"]]
		if row["neuron"] == "Izhikevich" {
			continue // see TestMeasuredTuning
		}
		if !ok {
			t.Errorf("%s is missing", row["neuron"])
			continue
		}
		compared[row["neuron"]] = true
		gain, bias, problem := model.(neuron.Tuner).GainBias(
			validation.Number(t, row["max_rate"]), validation.Number(t, row["intercept"]))
		if problem != nil {
			t.Errorf("%v: %v", row, problem)
			continue
		}
		want := []float64{validation.Number(t, row["gain"]), validation.Number(t, row["bias"])}
		if diff := validation.Near([]float64{gain, bias}, want, 1e-12); diff != "" {
			t.Errorf("%v: %s", row, diff)
		}
	}
	if len(compared) != 11 {
		t.Errorf("only %v compared", compared)
	}
}

func TestSpikingRectifiedLinearAgainstNengo(t *testing.T) {
	var traces map[string]struct {
		J    []float64
		Dt   float64
		Rows [][]float64 // voltage, output
	}
	validation.JSON(t, "nengo/neuron_traces.json", &traces)
	for name, amplitude := range map[string]float64{"SpikingRectifiedLinear_multi": 1, "SpikingRectifiedLinear_amp": 0.01} {
		trace := traces[name]
		s, err := neuron.SpikingRectifiedLinear{Amplitude: amplitude}.NewStepper(neuron.Env{Dt: trace.Dt})
		if err != nil {
			t.Fatal(err)
		}
		voltage := []float64{0}
		for i, j := range trace.J {
			b := &neuron.Block{Input: []float64{j}, State: [][]float64{voltage}}
			s.Step(b)
			got := []float64{voltage[0], float64(len(b.Spikes)) * amplitude / trace.Dt}
			if diff := validation.Near(got, trace.Rows[i], 1e-12); diff != "" {
				t.Fatalf("%s, step %d: %s", name, i+1, diff)
			}
		}
	}
}

// Gain and bias must give the rate that was asked for at 1, and the threshold at
// the intercept, for every model that can be tuned.
func TestTuningMeetsItsAims(t *testing.T) {
	for name, model := range map[string]neuron.Model{
		"LIF": neuron.LIF{}, "LIFRate": neuron.LIFRate{TauRC: 0.01}, "IF": neuron.IF{TauRef: 0.002},
		"LeakyIF":         neuron.LeakyIF{TauRef: 0.001, Rest: -0.065, Reset: -0.06, Threshold: -0.05},
		"RectifiedLinear": neuron.RectifiedLinear{}, "SpikingRectifiedLinear": neuron.SpikingRectifiedLinear{},
	} {
		for _, rate := range []float64{20, 100, 380} {
			for _, intercept := range []float64{-1, -0.5, 0, 0.9} {
				gain, bias, problem := model.(neuron.Tuner).GainBias(rate, intercept)
				if problem != nil {
					t.Errorf("%s: %v", name, problem)
					continue
				}
				at := func(x float64) float64 { return gain*x + bias }
				rates := make([]float64, 3)
				model.(neuron.Rater).Rates(rates, []float64{at(1), at(intercept - 1e-6), at(intercept + 1e-3)})
				if math.Abs(rates[0]-rate) > 1e-9*rate || rates[1] != 0 || rates[2] <= 0 {
					t.Errorf("%s, %g Hz, %g: rates at 1, below and above the intercept: %v", name, rate, intercept, rates)
				}
			}
		}
	}
}

func TestImpossibleTuning(t *testing.T) {
	for _, c := range []struct {
		rate, intercept float64
		field           string
	}{{500, 0, "max_rates"}, {-1, 0, "max_rates"}, {math.NaN(), 0, "max_rates"}, {100, 1, "intercepts"}, {100, math.NaN(), "intercepts"}} {
		_, _, problem := neuron.LIF{}.GainBias(c.rate, c.intercept)
		if problem == nil || problem.Field != c.field {
			t.Errorf("rate %g, intercept %g: got %v, want a problem with %s", c.rate, c.intercept, problem, c.field)
		}
	}
}

// spikesOf runs one neuron with a constant current and returns the exact times
// of its spikes.
func spikesOf(t *testing.T, model neuron.Model, current, dt, seconds float64) (times []float64) {
	t.Helper()
	s, err := model.NewStepper(neuron.Env{Dt: dt, Level: kernel.Best()})
	if err != nil {
		t.Fatal(err)
	}
	b := &neuron.Block{Input: []float64{current}}
	for _, state := range model.Spec().States {
		start, err := state.Init.Draw(neuron.Env{}.Stream, 1, 1)
		if err != nil {
			t.Fatal(err)
		}
		b.State = append(b.State, start)
	}
	for step := 0; float64(step)*dt < seconds; step++ {
		b.Spikes, b.At = b.Spikes[:0], b.At[:0]
		s.Step(b)
		for _, at := range b.At {
			times = append(times, float64(step)*dt+at)
		}
	}
	return times
}

// The rate from exact inter-spike intervals is the closed form, at every current
// and for every step, also when a step is longer than the refractory period.
func TestRateIsTheClosedForm(t *testing.T) {
	leaky := neuron.LeakyIF{TauRef: 0.002} // threshold at 1 nA
	for name, c := range map[string]struct {
		model     neuron.Model
		threshold float64
	}{
		"LIF":                    {neuron.LIF{}, 1},
		"LIF, no refractoriness": {neuron.LIF{TauRef: neuron.Zero}, 1},
		"LeakyIF":                {leaky, 1e-9},
		"IF, refractory":         {neuron.IF{TauRef: 0.002}, 1e-9},
		"IF":                     {neuron.IF{}, 1e-9},
		"LeakyIF, shifted":       {neuron.LeakyIF{Rest: -0.065, Reset: -0.07, Threshold: -0.05, TauRef: 0.001, Resistance: 1e7}, 1.5e-9},
	} {
		for _, dt := range []float64{1e-4, 1e-3, 5e-3} {
			for _, factor := range []float64{1.001, 1.01, 1.1, 1.5, 2, 5, 10, 31, 100} {
				current := c.threshold * factor
				want := make([]float64, 1)
				c.model.(neuron.Rater).Rates(want, []float64{current})
				times := spikesOf(t, c.model, current, dt, 21/want[0]+2*dt)
				if len(times) < 20 {
					t.Errorf("%s, dt %g, %g × threshold: %d spikes", name, dt, factor, len(times))
					continue
				}
				got := float64(len(times)-1) / (times[len(times)-1] - times[0])
				if math.Abs(got/want[0]-1) > 1e-9 {
					t.Errorf("%s, dt %g, %g × threshold: %.12g Hz, want %.12g (%.1e off)", name, dt, factor, got, want[0], got/want[0]-1)
				}
			}
		}
	}
}

func TestSilentBelowThreshold(t *testing.T) {
	for name, c := range map[string]struct {
		model   neuron.Model
		current float64
	}{
		"LIF":     {neuron.LIF{}, 1},
		"LeakyIF": {neuron.LeakyIF{}, 0.9999e-9},
		"IF":      {neuron.IF{}, 0},
	} {
		if times := spikesOf(t, c.model, c.current, 1e-3, 5); len(times) > 0 {
			t.Errorf("%s fires at %v", name, times)
		}
	}
}
