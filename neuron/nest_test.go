package neuron_test

import (
	"math"
	"reflect"
	"slices"
	"testing"

	"soma/internal/kernel"
	"soma/internal/param"
	"soma/neuron"
	"soma/validation"
)

// pointNeurons are the models of the NEST reference.
var pointNeurons = []neuron.Model{
	neuron.IafPscDelta{},
	neuron.IafPscExp{},
	neuron.IafPscAlpha{},
	neuron.IzhikevichPoint{},
	neuron.IafCondExp{},
	neuron.IafCondAlpha{},
	neuron.AeifCondExp{},
	neuron.AeifCondAlpha{},
	neuron.AeifPscDeltaClopath{},
	neuron.HHPscAlpha{},
}

// nestCase is a run of one neuron in NEST.
type nestCase struct{ validation.NestCase }

func nestCases(t testing.TB, model neuron.Model) (cases []nestCase) {
	t.Helper()
	for _, c := range validation.NestCases(t, model.Spec().Name) {
		cases = append(cases, nestCase{c})
	}
	return cases
}

// build sets every parameter of a model that the case gives.
func (c nestCase) build(t testing.TB, model neuron.Model) neuron.Model {
	t.Helper()
	for _, f := range param.Fields(model) {
		if _, given := c.Params[f.Name]; !given && f.Type.Kind() == reflect.Float64 {
			t.Errorf("%s has no parameter %s", c.Model, f.Name)
		}
	}
	return c.Configured(model).(neuron.Model)
}

// run simulates the case alone in its block.
func (c nestCase) run(t testing.TB, model neuron.Model) *pointRun {
	t.Helper()
	model = c.build(t, model)
	r := newPointRun(t, model, c.Dt*1e-3, 1)
	for k, s := range model.Spec().States {
		if x, given := c.Param(s.Name, s.Unit); given {
			r.block.State[k][0] = x
		}
	}
	arrived := c.arrivals(model)
	for step := 1; step <= c.steps(); step++ {
		for k, row := range r.block.Arrived {
			row[0] = arrived[k][step]
		}
		r.step()
	}
	return r
}

func (c nestCase) steps() int { return c.Step(c.T) }

// arrivals gives the sum of the weights per receptor and step.
func (c nestCase) arrivals(model neuron.Model) [][]float64 {
	receptors := model.Spec().Receptors
	sums := make([][]float64, len(receptors))
	for k := range sums {
		sums[k] = make([]float64, c.steps()+1)
	}
	for _, s := range c.Input {
		k := 0
		if s.Weight < 0 && len(receptors) > 1 {
			k = 1
		}
		sums[k][c.Step(s.At+s.Delay)] += s.Weight * validation.NestUnit[receptors[k].Unit]
	}
	return sums
}

// pointRun steps a block of neurons and remembers V_m and the spikes of the
// first.
type pointRun struct {
	stepper neuron.Stepper
	block   neuron.Block
	voltage []float64 // after each step, mV
	fired   []int     // step of each spike
}

func newPointRun(t testing.TB, model neuron.Model, dt float64, n int) *pointRun {
	t.Helper()
	return newPointRunAt(t, kernel.Best(), model, dt, n)
}

func newPointRunAt(t testing.TB, level kernel.Level, model neuron.Model, dt float64, n int) *pointRun {
	t.Helper()
	if problems := neuron.Check(model); problems != nil {
		t.Fatalf("%+v: %v", model, problems)
	}
	s, err := model.NewStepper(neuron.Env{Dt: dt, Level: level})
	if err != nil {
		t.Fatal(err)
	}
	r := &pointRun{stepper: s, block: neuron.Block{Input: make([]float64, n)}}
	for _, state := range model.Spec().States {
		start, err := state.Init.Draw(neuron.Env{}.Stream, n, 1)
		if err != nil {
			t.Fatal(err)
		}
		r.block.State = append(r.block.State, start)
	}
	for range model.Spec().Receptors {
		r.block.Arrived = append(r.block.Arrived, make([]float64, n))
	}
	return r
}

func (r *pointRun) step() {
	b := &r.block
	b.Step++
	b.Spikes, b.At = b.Spikes[:0], b.At[:0]
	r.stepper.Step(b)
	for _, i := range b.Spikes {
		if i == 0 {
			r.fired = append(r.fired, int(b.Step))
		}
	}
	r.voltage = append(r.voltage, b.State[0][0]*1e3)
}

// furthest is the largest difference between two traces.
func furthest(got, want []float64) (worst float64, step int) {
	if len(got) != len(want) {
		return math.Inf(1), 0
	}
	for i := range got {
		if d := math.Abs(got[i] - want[i]); !(d <= worst) {
			worst, step = d, i+1
		}
	}
	return worst, step
}

func TestPointNeuronsAgainstNest(t *testing.T) {
	for _, model := range pointNeurons {
		for _, c := range nestCases(t, model) {
			t.Run(c.Model+" "+c.Case, func(t *testing.T) {
				r := c.run(t, model)
				var spikes []int
				for _, at := range c.Spikes {
					spikes = append(spikes, c.Step(at))
				}
				if !slices.Equal(r.fired, spikes) {
					t.Errorf("fires in steps %v, want %v", r.fired, spikes)
				}
				worst, step := furthest(r.voltage, c.Voltage(t))
				if worst > validation.NestNeurons[c.Model] {
					t.Errorf("V_m differs by %.2g mV in step %d", worst, step)
				}
				t.Logf("V_m agrees to %.2g mV", worst)
			})
		}
	}
}

// A model without parameters is NEST's, but for the current that the case gives.
func TestPointNeuronDefaults(t *testing.T) {
	for _, model := range pointNeurons {
		c := nestCases(t, model)[0]
		delete(c.Params, "I_e")
		defaults := reflect.ValueOf(param.Resolve(model))
		for _, f := range param.Fields(model) {
			x, given := c.Param(f.Name, f.Unit)
			got := defaults.FieldByName(f.GoName)
			if given && x > -1e300 && math.Abs(got.Float()-x) > 1e-15*math.Abs(got.Float()) {
				t.Errorf("%s: default of %s is %g %s, want %g", c.Model, f.Name, got.Float(), f.Unit, x)
			}
		}
		for _, s := range model.Spec().States {
			if x, given := c.Param(s.Name, s.Unit); given {
				got, err := s.Init.Draw(neuron.Env{}.Stream, 1, 1)
				if err != nil || math.Abs(got[0]-x) > 1e-15 {
					t.Errorf("%s: %s starts at %v, want %g", c.Model, s.Name, got, x)
				}
			}
		}
	}
}
