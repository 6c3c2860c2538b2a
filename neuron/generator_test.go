package neuron_test

import (
	"math"
	"slices"
	"testing"

	"soma/internal/rng"
	"soma/neuron"
)

// What a probe of a generator sees, step by step.
func TestCurrentGeneratorOutput(t *testing.T) {
	const dt = 1e-3
	for _, c := range []struct {
		model neuron.Model
		want  []float64
	}{
		{neuron.DcGenerator{Amplitude: 3}, []float64{3, 3, 3, 3, 3, 3}},
		{neuron.DcGenerator{Amplitude: 3, Start: 1.4 * dt, Stop: 3.5 * dt}, []float64{0, 3, 3, 3, 0, 0}},
		{neuron.StepCurrentGenerator{}, []float64{0, 0, 0, 0, 0, 0}},
		{neuron.StepCurrentGenerator{AmplitudeTimes: []float64{0, 2 * dt, 2.2 * dt}, AmplitudeValues: []float64{1, 2, 3}}, []float64{1, 1, 3, 3, 3, 3}},
		{neuron.StepCurrentGenerator{AmplitudeTimes: []float64{0, 4 * dt}, AmplitudeValues: []float64{1, 2}, Stop: 3 * dt}, []float64{1, 1, 1, 0, 0, 0}},
		{neuron.NoiseGenerator{Mean: 7, Start: 2 * dt}, []float64{0, 0, 7, 7, 7, 7}},
	} {
		s, err := c.model.NewStepper(neuron.Env{Dt: dt})
		if err != nil {
			t.Fatal(err)
		}
		var got []float64
		for step := range int64(6) {
			b := &neuron.Block{Step: step + 1, Input: []float64{0, 0}, Output: []float64{-1, -1}, State: [][]float64{{0, 0}}}
			s.Step(b)
			if b.Output[0] != b.Output[1] {
				t.Errorf("%+v: neurons give %v in step %d", c.model, b.Output, b.Step)
			}
			got = append(got, b.Output[0])
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%+v: %v, want %v", c.model, got, c.want)
		}
	}
}

// Trains that a probe of the generator shows have the rate of the moment.
func TestTrainGeneratorRates(t *testing.T) {
	const dt, n, steps = 1e-4, 500, 200
	for _, c := range []struct {
		model neuron.Model
		rates []float64 // of quarters of the steps
	}{
		{neuron.PoissonGenerator{Rate: 3000}, []float64{3000, 3000, 3000, 3000}},
		{neuron.PoissonGenerator{Rate: 20000, Start: 50 * dt, Stop: 150 * dt}, []float64{0, 20000, 20000, 0}},
		{neuron.InhomogeneousPoissonGenerator{RateTimes: []float64{50 * dt, 150 * dt}, RateValues: []float64{5000, 500}}, []float64{0, 5000, 5000, 500}},
	} {
		s, err := c.model.NewStepper(neuron.Env{Dt: dt, Stream: rng.New(5, "generator", "neuron")})
		if err != nil {
			t.Fatal(err)
		}
		for quarter, rate := range c.rates {
			spikes := 0
			for k := range steps / 4 {
				b := &neuron.Block{Step: int64(quarter*steps/4 + k + 1), Input: make([]float64, n)}
				s.Step(b)
				spikes += len(b.Spikes)
			}
			mean := rate * dt * n * steps / 4
			if z := (float64(spikes) - mean) / math.Sqrt(max(mean, 1e-9)); math.Abs(z) > 4 {
				t.Errorf("%+v: %d spikes in quarter %d, want %g (z = %.1f)", c.model, spikes, quarter, mean, z)
			}
		}
	}
}

func TestGeneratorProblems(t *testing.T) {
	for _, c := range []struct {
		model neuron.Model
		field string // "": nothing is wrong
	}{
		{neuron.DcGenerator{Amplitude: -1, Stop: 1}, ""},
		{neuron.DcGenerator{Start: -1}, "start"},
		{neuron.DcGenerator{Amplitude: math.Inf(1)}, "amplitude"},
		{neuron.NoiseGenerator{}, ""},
		{neuron.NoiseGenerator{Std: -1}, "std"},
		{neuron.NoiseGenerator{Dt: neuron.Zero}, "dt"},
		{neuron.PoissonGenerator{Start: 2, Stop: 1}, "stop"},
		{neuron.StepCurrentGenerator{AmplitudeTimes: []float64{1, 1}, AmplitudeValues: []float64{0, 0}}, "amplitude_times"},
		{neuron.StepCurrentGenerator{AmplitudeTimes: []float64{-1}, AmplitudeValues: []float64{0}}, "amplitude_times"},
		{neuron.StepCurrentGenerator{AmplitudeTimes: []float64{1}, AmplitudeValues: []float64{math.NaN()}}, "amplitude_values"},
		{neuron.StepCurrentGenerator{AmplitudeTimes: []float64{1}}, "amplitude_values"},
		{neuron.InhomogeneousPoissonGenerator{RateTimes: []float64{1}, RateValues: []float64{-1}}, "rate_values"},
		{neuron.InhomogeneousPoissonGenerator{RateTimes: []float64{2, 1}, RateValues: []float64{1, 1}}, "rate_times"},
		{neuron.InhomogeneousPoissonGenerator{RateTimes: []float64{0, 1}, RateValues: []float64{1, 0}}, ""},
	} {
		problems := neuron.Check(c.model)
		switch {
		case c.field == "" && problems != nil:
			t.Errorf("%+v: %v", c.model, problems)
		case c.field != "" && (len(problems) == 0 || problems[0].Field != c.field || problems[0].Remedy == ""):
			t.Errorf("%+v: %v, want a problem with %s", c.model, problems, c.field)
		}
	}
	for _, c := range []struct {
		model neuron.DtChecker
		dt    float64
		field string
	}{
		{neuron.NoiseGenerator{}, 1e-4, ""},
		{neuron.NoiseGenerator{}, 1e-3 / 3, ""},
		{neuron.NoiseGenerator{}, 3e-4, "dt"},
		{neuron.NoiseGenerator{}, 2e-3, "dt"},
		{neuron.PoissonGenerator{Rate: 1e6}, 1e-3, "rate"},
		{neuron.InhomogeneousPoissonGenerator{RateTimes: []float64{0, 1}, RateValues: []float64{1, 1e6}}, 1e-3, "rate_values"},
	} {
		if problems := c.model.CheckDt(c.dt); (c.field == "") != (problems == nil) || c.field != "" && problems[0].Field != c.field {
			t.Errorf("%+v with dt %g: %v, want %q", c.model, c.dt, problems, c.field)
		}
	}
}

// A parrot repeats what arrives, as often as it does.
func TestParrotNeuron(t *testing.T) {
	r := newPointRun(t, neuron.ParrotNeuron{}, 1e-3, 4)
	copy(r.block.Arrived[0], []float64{0, 1, 3, -2})
	r.stepper.Step(&r.block)
	if want := []int32{1, 2, 2, 2}; !slices.Equal(r.block.Spikes, want) {
		t.Errorf("fires %v, want %v", r.block.Spikes, want)
	}
	for _, absurd := range []float64{math.NaN(), math.Inf(1), 1e300} {
		r.block.Arrived[0][0] = absurd
		r.block.Spikes, r.block.At = nil, nil
		r.stepper.Step(&r.block)
	}
}
