package neuron_test

import (
	"math"
	"slices"
	"testing"

	"soma/dist"
	"soma/internal/kernel"
	"soma/internal/param"
	"soma/neuron"
)

// around gives values of a parameter: the default and some per cent more, in
// pairs of neighbours that are alike.
func around(f param.Field, n int) (values dist.Samples) {
	for i := range n {
		values = append(values, []float64{f.DefaultValue() * (1 + 0.02*float64(i/2))})
	}
	return values
}

// tolerance of a variable, relative to its largest value.
func tolerance(model neuron.Model, variable string) float64 {
	switch model.(type) {
	case neuron.AeifCondExp, neuron.AeifCondAlpha, neuron.AeifPscDeltaClopath, neuron.HHPscAlpha:
		if variable == "integration_step" {
			return math.Inf(1)
		}
		return 1e-8
	}
	return 0
}

// ofEach gives n neurons parameters of their own.
func ofEach(t *testing.T, model neuron.Model, n int) *neuron.Each {
	t.Helper()
	vary := []string{"V_th", "E_L", "C_m", "tau_m", "tau_syn_ex", "g_L", "t_ref", "b", "a", "I_e"}
	varied := neuron.Varied{Model: model}
	for _, f := range param.Fields(model) {
		if slices.Contains(vary, f.Name) {
			varied.Parameters = append(varied.Parameters, neuron.Parameter{Name: f.Name, Value: around(f, n)})
		}
	}
	each, err := varied.Of(n, func(p neuron.Parameter) ([]float64, error) { return p.Value.Draw(dist.Stream{}, n, 1) })
	if err != nil {
		t.Fatal(err)
	}
	return each
}

// Neurons with parameters of their own do what each does alone, with a model of
// its own: to the bit, but for models that are solved by the text of their equations,
// in which numbers are put together. They do it wherever a block of them begins.
func TestVariedNeuronsDoWhatTheyDoAlone(t *testing.T) {
	const n, steps, dt = 9, 400, 1e-4
	for _, model := range pointNeurons {
		each := ofEach(t, model, n)
		whole := newPointRun(t, each, dt, n)
		tail := newPointRun(t, each, dt, n) // the neurons from 3 on
		tail.block.First, tail.block.Input = 3, tail.block.Input[3:]
		for _, rows := range [][][]float64{tail.block.State, tail.block.Arrived} {
			for k := range rows {
				rows[k] = rows[k][3:]
			}
		}
		fired, largest := 0, make([]float64, len(whole.block.State))
		for k, state := range each.Spec().States {
			largest[k] = map[string]float64{"V": 1e-3, "A": 1e-12, "A/s": 1e-9, "S": 1e-12, "S/s": 1e-9, "": 1e-3}[state.Unit]
		}
		alone := make([]*pointRun, n)
		for i, m := range each.Models() {
			alone[i] = newPointRun(t, m, dt, 1)
		}
		for step := range steps {
			for i, r := range alone {
				drive := 1.5e-9 * float64(step%100) / 50
				whole.block.Input[i], r.block.Input[0] = drive, drive
				if i >= 3 {
					tail.block.Input[i-3] = drive
				}
				r.step()
			}
			whole.step()
			tail.step()
			fired += len(whole.block.Spikes)
			for i, r := range alone {
				for k, row := range r.block.State {
					name, got := each.Spec().States[k].Name, whole.block.State[k][i]
					largest[k] = max(largest[k], math.Abs(got))
					if math.Float64bits(row[0]) != math.Float64bits(got) && !(math.Abs(row[0]-got) <= tolerance(model, name)*largest[k]) {
						t.Fatalf("%s: step %d: %s of neuron %d is %g, alone %g", model.Spec().Name, step, name, i, got, row[0])
					}
					if i >= 3 && math.Float64bits(got) != math.Float64bits(tail.block.State[k][i-3]) {
						t.Fatalf("%s: step %d: neuron %d differs in a block that begins later", model.Spec().Name, step, i)
					}
				}
				if fires := len(r.block.Spikes) > 0; fires != slices.Contains(whole.block.Spikes, int32(i)) {
					t.Fatalf("%s: step %d: neuron %d fires: %v alone", model.Spec().Name, step, i, fires)
				}
			}
		}
		if fired == 0 {
			t.Errorf("%s never fires", model.Spec().Name)
		}
	}
}

// Every level gives the same bits, with the same parameters for all neurons and with
// each one's own.
func TestPointNeuronsAreTheSameOnAllLevels(t *testing.T) {
	const n, steps, dt = 21, 150, 1e-4
	for _, model := range pointNeurons {
		for _, m := range []neuron.Model{model, ofEach(t, model, n)} {
			var runs []*pointRun
			for _, level := range kernel.Levels() {
				runs = append(runs, newPointRunAt(t, level, m, dt, n))
			}
			for step := range steps {
				for _, r := range runs {
					for i := range n {
						r.block.Input[i] = 1.5e-9 * float64((step+7*i)%100) / 50
					}
					r.step()
				}
				for _, r := range runs[1:] {
					for k, row := range r.block.State {
						for i, x := range row {
							if want := runs[0].block.State[k][i]; math.Float64bits(x) != math.Float64bits(want) {
								t.Fatalf("%s, step %d: %s of neuron %d is %g, in Go %g", m.Spec().Name, step, m.Spec().States[k].Name, i, x, want)
							}
						}
					}
					if !slices.Equal(r.block.Spikes, runs[0].block.Spikes) {
						t.Fatalf("%s, step %d: %v fire, in Go %v", m.Spec().Name, step, r.block.Spikes, runs[0].block.Spikes)
					}
				}
			}
		}
	}
}
