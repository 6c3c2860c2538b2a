package synapse

import (
	"math"
	"testing"
)

// run feeds u into one copy of a system and returns its outputs, without the
// delay of one step that the engine adds.
func run(s System, u []float64) []float64 {
	state, y := make([]float64, s.Order()), make([]float64, len(u))
	for i := range u {
		s.Step(state, u[i:i+1], y[i:i+1])
	}
	return y
}

func exp(x float64) float64 { return math.Exp(x) }

// A step of height 1 gives 1 − e^(−t/τ) for the lowpass and
// 1 − (1 + t/τ) e^(−t/τ) for the alpha synapse, exactly at the end of each step.
func TestStepResponse(t *testing.T) {
	ones := make([]float64, 400)
	for i := range ones {
		ones[i] = 1
	}
	for _, dt := range []float64{1e-5, 1e-4, 1e-3, 5e-3} {
		for _, tau := range []float64{0.002, 0.005, 0.1} {
			for name, c := range map[string]struct {
				synapse  Synapse
				response func(t float64) float64
			}{
				"lowpass": {Lowpass{tau}, func(t float64) float64 { return -math.Expm1(-t / tau) }},
				"alpha":   {Alpha{tau}, func(t float64) float64 { return -math.Expm1(-t/tau) - t/tau*math.Exp(-t/tau) }},
			} {
				s, err := c.synapse.Discrete(dt)
				if err != nil {
					t.Fatal(err)
				}
				for i, y := range run(s, ones) {
					want := c.response(float64(i+1) * dt)
					if math.Abs(y-want) > 1e-12 {
						t.Errorf("%s tau %g dt %g: step %d: got %.17g, want %.17g", name, tau, dt, i, y, want)
						break
					}
				}
			}
		}
	}
}

func TestNoTimeConstantPassesTheInput(t *testing.T) {
	for _, s := range []Synapse{None{}, Lowpass{}, Alpha{}, Lowpass{Tau: 1e-6}} {
		d, err := s.Discrete(1e-3)
		if err != nil || d.Order() != 0 || d.D != 1 {
			t.Errorf("%T: got %+v, %v; want a system that passes its input", s, d, err)
		}
	}
}
