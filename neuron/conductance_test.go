package neuron

import (
	"math"
	"math/rand/v2"
	"testing"

	"soma/internal/kernel"
)

// The quadrature gives what the adaptive solver gives, whatever the time constants
// are to the step, and the same neurons fire: also where V passes the threshold
// within a step and where the conductances pull it across and back.
func TestConductancesAgainstSolver(t *testing.T) {
	const n = 2000
	random := rand.New(rand.NewPCG(5, 5))
	between := func(low, high float64) float64 { return low + (high-low)*random.Float64() }
	for _, dt := range []float64{1e-5, 1e-4, 1e-3} {
		for _, alpha := range []bool{false, true} {
			m := IafCondExp{
				VTh: -0.055, VReset: -0.06, GL: 16e-9, CM: between(1e-10, 5e-10), EEx: between(-0.05, 0.02), EIn: -0.085, EL: -0.07,
				IE: 2e-10, TauSynEx: 2e-4, TauSynIn: 3e-3,
			}
			g := synapses{alpha: alpha, tauEx: m.TauSynEx, tauIn: m.TauSynIn}
			s := newIafCond([]IafCondExp{m}, alpha, Env{Dt: dt, Level: kernel.Best()})
			b := &Block{Input: make([]float64, n)}
			for range 3 + g.size() {
				b.State = append(b.State, make([]float64, n))
			}
			alone := make([][]float64, len(b.State))
			for i := range n {
				b.Input[i] = between(-1e-10, 4e-10)
				b.State[0][i] = -0.055 - 2e-3*math.Pow(random.Float64(), 6) // many near the threshold
				for k := range g.size() {
					b.State[1+k][i] = []float64{1e-8, 2e-8, 5e-5, 2e-5}[k] * random.Float64()
				}
			}
			for k, row := range b.State {
				alone[k] = append(alone[k], row...)
			}
			s.Step(b)
			fired := make([]bool, n)
			for _, i := range b.Spikes {
				fired[i] = true
			}
			solver := newIafCond([]IafCondExp{m}, alpha, Env{Dt: dt})
			for i := range n {
				solver.solve(&Block{Input: b.Input, State: alone}, i, 0, 0)
				v := alone[0][i]
				if math.Abs(v-m.VTh) < 1e-12 { // either way
					continue
				}
				if fired[i] != (v >= m.VTh) {
					t.Errorf("dt %g, alpha %v: neuron %d fires: %v, but V comes to %.15g", dt, alpha, i, fired[i], v)
				}
				if !fired[i] && math.Abs(b.State[0][i]-v) > 1e-12 {
					t.Errorf("dt %g, alpha %v: V of neuron %d is %.15g, want %.15g", dt, alpha, i, b.State[0][i], v)
				}
			}
			if n := len(b.Spikes); n < 20 || n > 1980 {
				t.Errorf("dt %g, alpha %v: %d neurons fire, want some", dt, alpha, n)
			}
			t.Logf("dt %g, alpha %v: %d fire, %d odd", dt, alpha, len(b.Spikes), len(s.odd))
		}
	}
}
