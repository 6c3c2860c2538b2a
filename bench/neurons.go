package main

import (
	"context"
	"time"

	"soma"
	"soma/dist"
	"soma/neuron"
	"soma/sim"
)

// neuronRows are nonlinear neurons without synapses, per neuron and step.
func neuronRows() []row {
	const without = ", 1000 neurons without synapses, one thread, per neuron and step"
	const membrane = "(g_L*(E_L - u) - g_ex*u + g_in*(-85*mV - u) + I + I_e)/C_m : volt (unless refractory)"
	asText := &neuron.Equations{
		Text: `
			u = min(V_m, V_th) : volt
			dV_m/dt = ` + membrane + `
			dg_ex/dt = -g_ex/(0.2*ms) : siemens
			dg_in/dt = -g_in/(2*ms) : siemens`,
		Threshold: "V_m >= V_th", Reset: "V_m = V_reset", Refractory: "2*ms", Method: "rk45",
		Parameters: []neuron.Parameter{
			{Name: "E_L", Value: dist.Constant{Value: -70 * mV}},
			{Name: "g_L", Value: dist.Constant{Value: 16.6667e-9}},
			{Name: "C_m", Value: dist.Constant{Value: 250 * pF}},
			{Name: "V_th", Value: dist.Constant{Value: -55 * mV}},
			{Name: "V_reset", Value: dist.Constant{Value: -60 * mV}},
			{Name: "I_e", Value: dist.Constant{Value: 300e-12}},
		},
	}
	return []row{
		{"aeif", "aeif_cond_exp" + without, "ns", cells(neuron.AeifCondExp{IE: 700e-12}, -70, -55), "neurons_nest.py aeif_cond_exp 700 -70 -55"},
		{"aeif-alpha", "aeif_cond_alpha" + without, "ns", cells(neuron.AeifCondAlpha{IE: 700e-12}, -70, -55), "neurons_nest.py aeif_cond_alpha 700 -70 -55"},
		{"hh", "hh_psc_alpha" + without, "ns", cells(neuron.HHPscAlpha{IE: 650e-12}, -70, -55), "neurons_nest.py hh_psc_alpha 650 -70 -55"},
		{"cond", "iaf_cond_exp" + without, "ns", cells(neuron.IafCondExp{IE: 300e-12}, -70, -55), "neurons_nest.py iaf_cond_exp 300 -70 -55"},
		{"cond-text", "iaf_cond_exp as equations with rk45" + without, "ns", cells(asText, -70, -55), "neurons_nest.py iaf_cond_exp 300 -70 -55"},
	}
}

// cells is the time of a neuron and a step in ns; voltages at the start are
// between low and high, mV.
func cells(model neuron.Model, low, high float64) func() (float64, error) {
	return func() (float64, error) {
		const n, steps = 1000, 2000
		net := soma.New("neurons", 1)
		p := net.Population("cells", n, model)
		p.Init = map[string]dist.Distribution{"V_m": dist.Uniform{Low: low * mV, High: high * mV}}
		s, err := sim.New(net, sim.Options{Dt: 0.1 * ms, Threads: 1})
		if err != nil {
			return 0, err
		}
		if err := s.RunSteps(context.Background(), 500); err != nil {
			return 0, err
		}
		start := time.Now()
		err = s.RunSteps(context.Background(), steps)
		return time.Since(start).Seconds() * 1e9 / n / steps, err
	}
}
