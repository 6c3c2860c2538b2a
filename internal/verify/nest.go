package verify

import (
	"soma/neuron"
	"soma/validation"
)

// nestCases are the point neurons.
func nestCases() (cases []Case) {
	for _, model := range []neuron.Model{
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
	} {
		name := model.Spec().Name
		cases = append(cases, Case{
			Name: name + ": V_m and spikes", Against: "NEST, step by step", Unit: "mV", Allowed: validation.NestNeurons[name],
			run: func(r *report) {
				for _, c := range validation.NestCases(r, name) {
					pointNeuron(r, c, model)
				}
			},
		})
	}
	return cases
}

func pointNeuron(r *report, c validation.NestCase, model neuron.Model) {
	model = c.Configured(model).(neuron.Model)
	spec := model.Spec()
	b, s := single(r, model, c.Dt*1e-3)
	for k, state := range spec.States {
		if x, given := c.Param(state.Name, state.Unit); given {
			b.State[k][0] = x
		}
	}
	arrived := map[[2]int]float64{} // by receptor and step
	for _, in := range c.Input {
		k := 0
		if in.Weight < 0 && len(spec.Receptors) > 1 {
			k = 1
		}
		arrived[[2]int{k, c.Step(in.At + in.Delay)}] += in.Weight * validation.NestUnit[spec.Receptors[k].Unit]
	}
	var voltage []float64
	var fired, want []int
	for b.Step = 1; int(b.Step) <= c.Step(c.T); b.Step++ {
		for k, row := range b.Arrived {
			row[0] = arrived[[2]int{k, int(b.Step)}]
		}
		b.Spikes, b.At = b.Spikes[:0], b.At[:0]
		s.Step(b)
		for range b.Spikes {
			fired = append(fired, int(b.Step))
		}
		voltage = append(voltage, b.State[0][0]*1e3)
	}
	for _, at := range c.Spikes {
		want = append(want, c.Step(at))
	}
	name := c.Model + " " + c.Case
	equal(r, name+": spikes", fired, want)
	r.within(name, voltage, c.Voltage(r), 1)
}
