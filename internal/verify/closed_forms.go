package verify

import (
	"math"

	"soma/internal/elementary"
	"soma/internal/kernel"
	"soma/neuron"
	"soma/synapse"
)

func closedForms() []Case {
	return []Case{
		{"LIF, IF, LeakyIF: rates", "closed form", "", 1e-9, rates},
		{"lowpass, alpha: step responses", "closed form", "", 1e-12, stepResponses},
	}
}

// rates compares the intervals between exact spike times.
func rates(r *report) {
	for _, c := range []struct {
		model     neuron.Model
		threshold float64
	}{
		{neuron.LIF{}, 1}, {neuron.LIF{TauRef: neuron.Zero}, 1}, {neuron.LeakyIF{TauRef: 0.002}, 1e-9}, {neuron.IF{TauRef: 0.002}, 1e-9},
	} {
		for _, dt := range []float64{1e-4, 1e-3, 5e-3} {
			for _, factor := range []float64{1.01, 1.5, 5, 31} {
				current, want := c.threshold*factor, make([]float64, 1)
				c.model.(neuron.Rater).Rates(want, []float64{current})
				got := measuredRate(r, c.model, current, dt, 21/want[0]+2*dt)
				r.near(c.model.Spec().Name, []float64{got / want[0]}, []float64{1})
			}
		}
	}
}

func measuredRate(r *report, m neuron.Model, current, dt, seconds float64) float64 {
	b, s := single(r, m, dt)
	b.Input[0] = current
	first, last, count := 0.0, 0.0, 0
	for ; float64(b.Step)*dt < seconds; b.Step++ {
		b.Spikes, b.At = b.Spikes[:0], b.At[:0]
		s.Step(b)
		for _, at := range b.At {
			last = float64(b.Step)*dt + at
			if count++; count == 1 {
				first = last
			}
		}
	}
	return float64(count-1) / (last - first)
}

// single is a block of one neuron in the model's initial state.
func single(r *report, m neuron.Model, dt float64) (*neuron.Block, neuron.Stepper) {
	s, err := m.NewStepper(neuron.Env{Dt: dt, Level: kernel.Best()})
	r.must(err)
	b := &neuron.Block{Input: make([]float64, 1), Output: make([]float64, 1)}
	for _, state := range m.Spec().States {
		row, err := state.Init.Draw(neuron.Env{}.Stream, 1, 1)
		r.must(err)
		b.State = append(b.State, row)
	}
	for range m.Spec().Receptors {
		b.Arrived = append(b.Arrived, make([]float64, 1))
	}
	return b, s
}

func stepResponses(r *report) {
	ones := make([]float64, 400)
	for i := range ones {
		ones[i] = 1
	}
	for _, dt := range []float64{1e-4, 1e-3} {
		for _, tau := range []float64{0.002, 0.1} {
			first, second := make([]float64, len(ones)), make([]float64, len(ones))
			for i := range ones {
				t := float64(i+1) * dt / tau
				first[i] = -elementary.Expm1(-t)
				second[i] = first[i] - t*math.Exp(-t)
			}
			r.near("lowpass", filtered(r, synapse.Lowpass{Tau: tau}, dt, ones), first)
			r.near("alpha", filtered(r, synapse.Alpha{Tau: tau}, dt, ones), second)
		}
	}
}

// filtered passes a course through a synapse.
func filtered(r *report, s synapse.Synapse, dt float64, u []float64) []float64 {
	system, err := s.Discrete(dt)
	r.must(err)
	state, y := make([]float64, system.Order()), make([]float64, len(u))
	for i := range u {
		system.Step(state, u[i:i+1], y[i:i+1])
	}
	return y
}
