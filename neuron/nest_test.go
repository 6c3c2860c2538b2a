package neuron_test

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"testing"

	"soma/internal/kernel"
	"soma/internal/param"
	"soma/neuron"
	"soma/validation"
)

// pointNeurons are the models of the NEST reference, with the largest difference
// in V_m that its solvers leave, in mV.
var pointNeurons = []struct {
	model     neuron.Model
	tolerance float64
}{
	{neuron.IafPscDelta{}, 1e-12},
	{neuron.IafPscExp{}, 1e-12},
	{neuron.IafPscAlpha{}, 1e-12},
	{neuron.IzhikevichPoint{}, 1e-10},
	{neuron.IafCondExp{}, 2e-5},
	{neuron.IafCondAlpha{}, 2e-5},
	{neuron.AeifCondExp{}, 1e-3},
	{neuron.AeifCondAlpha{}, 1e-3},
	{neuron.AeifPscDeltaClopath{}, 1e-3},
	{neuron.HHPscAlpha{}, 1e-2},
}

// nestCase is one case of single_neuron.json.
type nestCase struct {
	Model  string
	Case   string
	Params map[string]any `json:"params_and_initial_state"`
	Dt     float64        `json:"dt_ms"`
	T      float64        `json:"T_ms"`
	Input  []struct {
		At     float64 `json:"t_ms"`
		Weight float64
		Delay  float64 `json:"delay_ms"`
	} `json:"input_spikes"`
	Spikes []float64 `json:"spike_times_ms"`
}

// nestUnit is how many SI units one unit of NEST is.
var nestUnit = map[string]float64{"": 1, "V": 1e-3, "A": 1e-12, "S": 1e-9, "F": 1e-12, "s": 1e-3, "Hz": 1}

func nestCases(t testing.TB, model string) (cases []nestCase) {
	t.Helper()
	var file struct{ Cases []nestCase }
	validation.JSON(t, "nest/single_neuron.json", &file)
	for _, c := range file.Cases {
		if c.Model == model {
			cases = append(cases, c)
		}
	}
	if len(cases) != 2 {
		t.Fatalf("%s: %d cases", model, len(cases))
	}
	return cases
}

// build sets every parameter of a model that the case gives.
func (c nestCase) build(t testing.TB, model neuron.Model) neuron.Model {
	t.Helper()
	m := reflect.New(reflect.TypeOf(model))
	for _, f := range param.Fields(model) {
		x, given := c.Params[f.Name].(float64)
		switch {
		case given:
			param.SetFloat(m, f, x*nestUnit[f.Unit])
		case f.Type.Kind() == reflect.Float64:
			t.Errorf("%s has no parameter %s", c.Model, f.Name)
		}
	}
	return m.Elem().Interface().(neuron.Model)
}

// run simulates the case alone in its block.
func (c nestCase) run(t testing.TB, model neuron.Model) *pointRun {
	t.Helper()
	model = c.build(t, model)
	r := newPointRun(t, model, c.Dt*1e-3, 1)
	for k, s := range model.Spec().States {
		if x, given := c.Params[s.Name].(float64); given {
			r.block.State[k][0] = x * nestUnit[s.Unit]
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

func (c nestCase) steps() int { return int(math.Round(c.T / c.Dt)) }

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
		sums[k][int(math.Round((s.At+s.Delay)/c.Dt))] += s.Weight * nestUnit[receptors[k].Unit]
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
	if problems := neuron.Check(model); problems != nil {
		t.Fatalf("%+v: %v", model, problems)
	}
	s, err := model.NewStepper(neuron.Env{Dt: dt, Level: kernel.Best()})
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
	for _, p := range pointNeurons {
		for _, c := range nestCases(t, p.model.Spec().Name) {
			t.Run(c.Model+" "+c.Case, func(t *testing.T) {
				r := c.run(t, p.model)
				var spikes []int
				for _, at := range c.Spikes {
					spikes = append(spikes, int(math.Round(at/c.Dt)))
				}
				if !slices.Equal(r.fired, spikes) {
					t.Errorf("fires in steps %v, want %v", r.fired, spikes)
				}
				want := validation.Columns(t, fmt.Sprintf("nest/%s.%s.csv", c.Model, c.Case))["V_m"]
				worst, step := furthest(r.voltage, want)
				if worst > p.tolerance {
					t.Errorf("V_m differs by %.2g mV in step %d", worst, step)
				}
				t.Logf("V_m agrees to %.2g mV", worst)
			})
		}
	}
}

// A model without parameters is NEST's, but for the current that the case gives.
func TestPointNeuronDefaults(t *testing.T) {
	for _, p := range pointNeurons {
		c := nestCases(t, p.model.Spec().Name)[0]
		delete(c.Params, "I_e")
		defaults := reflect.ValueOf(param.Resolve(p.model))
		for _, f := range param.Fields(p.model) {
			x, given := c.Params[f.Name].(float64)
			got := defaults.FieldByName(f.GoName)
			if given && x > -1e300 && math.Abs(got.Float()-x*nestUnit[f.Unit]) > 1e-15*math.Abs(got.Float()) {
				t.Errorf("%s: default of %s is %g %s, want %g", c.Model, f.Name, got.Float(), f.Unit, x*nestUnit[f.Unit])
			}
		}
		for _, s := range p.model.Spec().States {
			if x, given := c.Params[s.Name].(float64); given {
				got, err := s.Init.Draw(neuron.Env{}.Stream, 1, 1)
				if err != nil || math.Abs(got[0]-x*nestUnit[s.Unit]) > 1e-15 {
					t.Errorf("%s: %s starts at %v, want %g", c.Model, s.Name, got, x*nestUnit[s.Unit])
				}
			}
		}
	}
}
