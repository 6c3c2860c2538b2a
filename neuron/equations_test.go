package neuron_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"soma/dist"
	"soma/internal/kernel"
	"soma/internal/rng"
	"soma/neuron"
)

// values gives parameters the same value for all neurons.
func values(list map[string]float64) (given []neuron.Parameter) {
	for _, name := range sortedKeys(list) {
		given = append(given, neuron.Parameter{Name: name, Value: dist.Constant{Value: list[name]}})
	}
	return given
}

func sortedKeys(m map[string]float64) (keys []string) {
	for k := range m {
		keys = append(keys, k)
	}
	for i := range keys {
		for j := i; j > 0 && keys[j] < keys[j-1]; j-- {
			keys[j], keys[j-1] = keys[j-1], keys[j]
		}
	}
	return keys
}

// rows makes a block of n neurons of a model in their initial state.
func rows(t testing.TB, m neuron.Model, dt float64, n int) (neuron.Stepper, *neuron.Block) {
	t.Helper()
	for _, p := range neuron.Check(m) {
		t.Fatalf("%s: %s; %s", p.Field, p.Problem, p.Remedy)
	}
	stream := rng.New(1, "p", "neuron")
	s, err := m.NewStepper(neuron.Env{Dt: dt, Level: kernel.Best(), Stream: stream})
	if err != nil {
		t.Fatal(err)
	}
	b := &neuron.Block{Input: make([]float64, n)}
	for _, v := range m.Spec().States {
		x, err := v.Init.Draw(rng.New(1, "p", "init "+v.Name), n, 1)
		if err != nil {
			t.Fatal(err)
		}
		b.State = append(b.State, x)
	}
	for range m.Spec().Receptors {
		b.Arrived = append(b.Arrived, make([]float64, n))
	}
	return s, b
}

// The built-in models as text. Their statements are those of the built-in ones'
// documentation.
var asText = []struct {
	name      string
	builtin   neuron.Model
	text      *neuron.Equations
	tolerance float64 // V
	weight    float64
}{
	{
		"iaf_psc_delta",
		neuron.IafPscDelta{},
		&neuron.Equations{
			Text:      "dV_m/dt = (E_L - V_m)/tau_m + I/C_m : volt (unless refractory)",
			Threshold: "V_m >= V_th", Reset: "V_m = V_reset", Refractory: "2*ms",
			Receptors:  []neuron.EquationReceptor{{"delta", "V_m += w"}},
			Parameters: values(map[string]float64{"E_L": -0.07, "tau_m": 0.01, "C_m": 250e-12, "V_th": -0.055, "V_reset": -0.07}),
		}, 1e-14, 1.5e-3,
	},
	{
		"iaf_psc_exp",
		neuron.IafPscExp{TauSynEx: 3e-3},
		&neuron.Equations{
			Text: `
				dV_m/dt = (E_L - V_m)/tau_m + (I_syn_ex + I_syn_in + I)/C_m : volt (unless refractory)
				dI_syn_ex/dt = -I_syn_ex/(3*ms) : amp
				dI_syn_in/dt = -I_syn_in/(2*ms) : amp`,
			Threshold: "V_m >= V_th", Reset: "V_m = V_reset", Refractory: "2*ms",
			Receptors:  []neuron.EquationReceptor{{"ex", "I_syn_ex += w"}, {"in", "I_syn_in += w"}},
			Parameters: values(map[string]float64{"E_L": -0.07, "tau_m": 0.01, "C_m": 250e-12, "V_th": -0.055, "V_reset": -0.07}),
		}, 1e-14, 6e-11,
	},
	{
		"iaf_psc_alpha",
		neuron.IafPscAlpha{TauSynIn: 0.01},
		&neuron.Equations{
			Text: `
				dV_m/dt = (E_L - V_m)/tau_m + (I_syn_ex + I_syn_in + I)/C_m : volt (unless refractory)
				dI_syn_ex/dt = dI_syn_ex - I_syn_ex/tau_ex : amp
				ddI_syn_ex/dt = -dI_syn_ex/tau_ex : amp/second
				dI_syn_in/dt = dI_syn_in - I_syn_in/tau_in : amp
				ddI_syn_in/dt = -dI_syn_in/tau_in : amp/second`,
			Threshold: "V_m >= V_th", Reset: "V_m = V_reset", Refractory: "2*ms",
			Receptors:  []neuron.EquationReceptor{{"ex", "dI_syn_ex += e*w/tau_ex"}, {"in", "dI_syn_in += e*w/tau_in"}},
			Parameters: values(map[string]float64{"E_L": -0.07, "tau_m": 0.01, "C_m": 250e-12, "V_th": -0.055, "V_reset": -0.07, "tau_ex": 0.002, "tau_in": 0.01}),
		}, 1e-14, 6e-11,
	},
	{
		"iaf_cond_exp",
		neuron.IafCondExp{IE: 200e-12},
		&neuron.Equations{
			Text: `
				u = min(V_m, V_th) : volt
				dV_m/dt = (g_L*(E_L - u) + g_ex*(0*mV - u) + g_in*(-85*mV - u) + I + I_e)/C_m : volt (unless refractory)
				dg_ex/dt = -g_ex/(0.2*ms) : siemens
				dg_in/dt = -g_in/(2*ms) : siemens`,
			Threshold: "V_m >= V_th", Reset: "V_m = V_reset", Refractory: "2*ms", Method: "rk45",
			Receptors:  []neuron.EquationReceptor{{"ex", "g_ex += w"}, {"in", "g_in += w"}},
			Parameters: values(map[string]float64{"E_L": -0.07, "g_L": 16.6667e-9, "C_m": 250e-12, "V_th": -0.055, "V_reset": -0.06, "I_e": 200e-12}),
		}, 1e-10, 2e-9,
	},
	{
		"iaf_cond_alpha",
		neuron.IafCondAlpha{IE: 200e-12},
		&neuron.Equations{
			Text: `
				u = min(V_m, V_th) : volt
				dV_m/dt = (g_L*(E_L - u) + g_ex*(0*mV - u) + g_in*(-85*mV - u) + I + I_e)/C_m : volt (unless refractory)
				dg_ex/dt = dg_ex - g_ex/(0.2*ms) : siemens
				ddg_ex/dt = -dg_ex/(0.2*ms) : siemens/second
				dg_in/dt = dg_in - g_in/(2*ms) : siemens
				ddg_in/dt = -dg_in/(2*ms) : siemens/second`,
			Threshold: "V_m >= V_th", Reset: "V_m = V_reset", Refractory: "2*ms", Method: "rk45",
			Receptors:  []neuron.EquationReceptor{{"ex", "dg_ex += e*w/(0.2*ms)"}, {"in", "dg_in += e*w/(2*ms)"}},
			Parameters: values(map[string]float64{"E_L": -0.07, "g_L": 16.6667e-9, "C_m": 250e-12, "V_th": -0.055, "V_reset": -0.06, "I_e": 200e-12}),
		}, 1e-10, 2e-9,
	},
	{
		"hh_psc_alpha",
		neuron.HHPscAlpha{IE: 600e-12},
		&neuron.Equations{
			Text: `
				u = V_m/mV : 1
				am = 1/exprel(-(u + 40)/10)/ms : Hz
				bm = 4*exp(-(u + 65)/18)/ms : Hz
				ah = 0.07*exp(-(u + 65)/20)/ms : Hz
				bh = 1/(1 + exp(-(u + 35)/10))/ms : Hz
				an = 0.1/exprel(-(u + 55)/10)/ms : Hz
				bn = 0.125*exp(-(u + 65)/80)/ms : Hz
				slope = (g_Na*Act_m**3*Inact_h*(E_Na - V_m) + g_K*Act_n**4*(E_K - V_m) + g_L*(E_L - V_m)
				         + I_syn_ex + I_syn_in + I + I_e)/C_m : volt/second
				dV_m/dt = slope : volt
				dAct_m/dt = am*(1 - Act_m) - bm*Act_m : 1
				dInact_h/dt = ah*(1 - Inact_h) - bh*Inact_h : 1
				dAct_n/dt = an*(1 - Act_n) - bn*Act_n : 1
				dI_syn_ex/dt = dI_syn_ex - I_syn_ex/(0.2*ms) : amp
				ddI_syn_ex/dt = -dI_syn_ex/(0.2*ms) : amp/second
				dI_syn_in/dt = dI_syn_in - I_syn_in/(2*ms) : amp
				ddI_syn_in/dt = -dI_syn_in/(2*ms) : amp/second`,
			// The built-in model fires in the step in which V has fallen; this one
			// where it begins to.
			Threshold: "V_m >= 0*mV and slope < 0*volt/second", Refractory: "2*ms", Method: "rk45",
			Receptors: []neuron.EquationReceptor{{"ex", "dI_syn_ex += e*w/(0.2*ms)"}, {"in", "dI_syn_in += e*w/(2*ms)"}},
			Parameters: values(map[string]float64{
				"g_Na": 12e-6, "g_K": 3.6e-6, "g_L": 30e-9, "E_Na": 0.05, "E_K": -0.077, "E_L": -0.054402, "C_m": 100e-12, "I_e": 600e-12,
			}),
		}, 1e-7, 1e-10,
	},
	{
		"izhikevich",
		neuron.IzhikevichPoint{},
		&neuron.Equations{
			Text: `
				dV_m/dt = 0.04/ms/mV*V_m**2 + 5/ms*V_m + 140*mV/ms - U_m/ms + I*(mV/ms/pA) : volt
				dU_m/dt = a/ms*(b*V_m - U_m) : volt`,
			Threshold: "V_m >= 30*mV", Reset: "V_m = -65*mV; U_m += 8*mV", Method: "euler",
			Receptors:  []neuron.EquationReceptor{{"delta", "V_m += w"}},
			Parameters: values(map[string]float64{"a": 0.02, "b": 0.2}),
		}, 1e-9, 3e-3,
	},
}

func TestEquationsAgainstBuiltInModels(t *testing.T) {
	const steps, dt = 2000, 1e-4
	for _, c := range asText {
		n := 64
		if c.name == "hh_psc_alpha" {
			n = 16 // the built-in one takes its time
		}
		want, wb := rows(t, c.builtin, dt, n)
		got, gb := rows(t, c.text, dt, n)
		for k, v := range c.builtin.Spec().States {
			if own := stateNamed(c.text, v.Name); own >= 0 {
				copy(gb.State[own], wb.State[k])
			}
		}
		fired, extra, worst := 0, 0, 0.0
		for step := range steps {
			for _, b := range []*neuron.Block{wb, gb} {
				b.Step = int64(step + 1)
				b.Spikes, b.At = b.Spikes[:0], b.At[:0]
				drive(b, step, c.weight)
			}
			want.Step(wb)
			got.Step(gb)
			extra += len(gb.Spikes) - len(wb.Spikes)
			if fmt.Sprint(wb.Spikes) != fmt.Sprint(gb.Spikes) && c.name != "hh_psc_alpha" {
				t.Errorf("%s, step %d: %v fire, want %v", c.name, step, gb.Spikes, wb.Spikes)
				break
			}
			fired += len(wb.Spikes)
			for i := range n {
				worst = max(worst, math.Abs(wb.State[0][i]-gb.State[0][i]))
			}
		}
		t.Logf("%s: %d spikes, furthest %.3g V", c.name, fired, worst)
		if fired < 100 || extra < -1 || extra > fired/20 || !(worst <= c.tolerance) {
			t.Errorf("%s: %d spikes, furthest %g V", c.name, fired, worst)
		}
	}
}

// The adaptive exponential neuron fires within a step and goes on from there; as
// text it does so at the end of the step. Up to the first spike the two are one,
// after that they fire equally often.
func TestAdaptiveExponentialNeuronAsText(t *testing.T) {
	const n, steps, dt = 16, 3000, 1e-4
	text := &neuron.Equations{
		Text: `
			u = min(V_m, V_peak) : volt
			dV_m/dt = (g_L*(E_L - u) + g_L*Delta_T*exp((u - V_th)/Delta_T) + g_ex*(0*mV - u) + g_in*(-85*mV - u) - w + I + I_e)/C_m : volt
			dw/dt = (a*(u - E_L) - w)/tau_w : amp
			dg_ex/dt = -g_ex/(0.2*ms) : siemens
			dg_in/dt = -g_in/(2*ms) : siemens`,
		Threshold: "V_m >= V_peak", Reset: "V_m = -60*mV; w += b", Method: "rk45",
		Receptors: []neuron.EquationReceptor{{"ex", "g_ex += w"}, {"in", "g_in += w"}},
		Parameters: values(map[string]float64{
			"g_L": 30e-9, "E_L": -0.0706, "V_th": -0.0504, "Delta_T": 0.002, "V_peak": 0, "C_m": 281e-12, "I_e": 1200e-12,
			"a": 4e-9, "b": 80.5e-12, "tau_w": 0.144,
		}),
	}
	want, wb := rows(t, neuron.AeifCondExp{IE: 1200e-12}, dt, n)
	got, gb := rows(t, text, dt, n)
	copy(gb.State[0], wb.State[0])
	counts, others, fired := make([]int, n), make([]int, n), make([]bool, n)
	for step := range steps {
		for _, b := range []*neuron.Block{wb, gb} {
			b.Step, b.Spikes, b.At = int64(step+1), b.Spikes[:0], b.At[:0]
			drive(b, step, 1e-9)
		}
		want.Step(wb)
		got.Step(gb)
		for _, i := range wb.Spikes {
			counts[i]++
			fired[i] = true
		}
		for _, i := range gb.Spikes {
			others[i]++
			fired[i] = true
		}
		for i := range n {
			if d := math.Abs(wb.State[0][i] - gb.State[0][i]); !fired[i] && gb.State[0][i] < -0.04 && d > 1e-8 {
				t.Fatalf("step %d, neuron %d: %g V off", step, i, d)
			}
		}
	}
	for i := range n {
		if counts[i] < 4 || math.Abs(float64(counts[i]-others[i])) > 1+0.03*float64(counts[i]) {
			t.Errorf("neuron %d: %d spikes, want %d", i, others[i], counts[i])
		}
	}
}

// So it is with the neuron of voltage-based plasticity. While it is clamped, V as text
// is where it will be after that, and the filters take V_clamp.
func TestClopathNeuronAsText(t *testing.T) {
	const n, steps, dt = 16, 3000, 1e-4
	text := &neuron.Equations{
		Text: `
			v = min(V_m, V_peak) : volt
			u = where(not_refractory, v, V_clamp) : volt
			dV_m/dt = (g_L*(E_L - v) + g_L*Delta_T*exp((v - V_th)/Delta_T) - w + z + I + I_e)/C_m : volt (unless refractory)
			dw/dt = (a*(v - E_L) - w)/(144*ms) : amp (unless refractory)
			dz/dt = -z/(40*ms) : amp
			dV_th/dt = (-50.4*mV - V_th)/(50*ms) : volt
			du_bar_plus/dt = (u - u_bar_plus)/(7*ms) : volt
			du_bar_minus/dt = (u - u_bar_minus)/(10*ms) : volt
			du_bar_bar/dt = (u_bar_minus - u_bar_bar)/(500*ms) : volt`,
		Threshold: "V_m >= V_peak", Reset: "V_m = -60*mV; w += 80.5*pA; z = 400*pA; V_th = 30.4*mV", Refractory: "2*ms", Method: "rk45",
		Receptors: []neuron.EquationReceptor{{"delta", "V_m += w"}},
		Parameters: values(map[string]float64{
			"g_L": 30e-9, "E_L": -0.0706, "Delta_T": 0.002, "V_peak": 0.033, "V_clamp": 0.033, "C_m": 281e-12, "a": 4e-9, "I_e": 1600e-12,
		}),
	}
	builtin := neuron.AeifPscDeltaClopath{IE: 1600e-12}
	want, wb := rows(t, builtin, dt, n)
	got, gb := rows(t, text, dt, n)
	for k, v := range builtin.Spec().States {
		if own := stateNamed(text, v.Name); own >= 0 {
			copy(gb.State[own], wb.State[k])
		}
	}
	counts, others, late := make([]int, n), make([]int, n), 0
	for step := range steps {
		for _, b := range []*neuron.Block{wb, gb} {
			b.Step, b.Spikes, b.At = int64(step+1), b.Spikes[:0], b.At[:0]
			drive(b, step, 1e-4)
		}
		want.Step(wb)
		got.Step(gb)
		for _, i := range wb.Spikes {
			counts[i]++
		}
		for _, i := range gb.Spikes {
			others[i]++
		}
		for i := range n {
			if counts[i]+others[i] > 0 || gb.State[0][i] > -0.045 {
				continue
			}
			late = max(late, step)
			for k := range 7 {
				tolerance := []float64{1e-9, 1e-18, 1e-18, 1e-10, 1e-10, 1e-10, 1e-10}[k]
				if d := math.Abs(wb.State[k][i] - gb.State[k][i]); d > tolerance {
					t.Fatalf("step %d, neuron %d: %s is %g off", step, i, builtin.Spec().States[k].Name, d)
				}
			}
		}
	}
	for i := range n {
		if counts[i] < 3 || math.Abs(float64(counts[i]-others[i])) > 1 {
			t.Errorf("neuron %d: %d spikes as text, %d built in", i, others[i], counts[i])
		}
	}
	if late < 40 {
		t.Errorf("all have fired after %d steps", late)
	}
}

// The measured rate is that of the closed form, but for the grid of steps.
func TestRatesOfEquations(t *testing.T) {
	m := &neuron.Equations{
		Text: "dv/dt = (I - v)/tau : 1 (unless refractory)", Threshold: "v > 1", Reset: "v = 0", Refractory: "2*ms",
		Parameters: []neuron.Parameter{{"tau", dist.Values(0.01, 0.02, 0.03)}},
	}
	currents := []float64{0.5, 1.1, 2, 5}
	got, want := make([]float64, 4), make([]float64, 4)
	m.Rates(got, currents)
	neuron.LIF{TauRC: 0.02, TauRef: 0.002}.Rates(want, currents)
	for i := range want {
		if math.Abs(got[i]-want[i]) > 0.02*want[i] {
			t.Errorf("current %g: %g Hz, want %g", currents[i], got[i], want[i])
		}
	}
}

func stateNamed(m neuron.Model, name string) int {
	return slices.IndexFunc(m.Spec().States, func(s neuron.State) bool { return s.Name == name })
}

// drive gives every neuron an input and arrivals of its own.
func drive(b *neuron.Block, step int, weight float64) {
	stream := rng.New(7, "drive", "x")
	for i := range b.Input {
		b.Input[i] = 300e-12 * float64(i) / 64
		for r := range b.Arrived {
			u := stream.Float64(uint64(i), uint64(step*len(b.Arrived)+r))
			b.Arrived[r][i] = 0
			if u < 0.1 {
				b.Arrived[r][i] = weight * u * 10
			}
		}
	}
}
