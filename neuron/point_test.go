package neuron_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"soma/dist"
	"soma/internal/rng"
	"soma/neuron"
)

// In the limit of short steps the rate is the closed form; on the grid the
// interval is the closed form's, rounded up to the next step.
func TestPointRatesOnTheGrid(t *testing.T) {
	const dt, tRef, tau = 1e-4, 2e-3, 1e-2
	for _, model := range []neuron.Model{
		neuron.IafPscDelta{IE: 1e-10}, neuron.IafPscExp{IE: 1e-10}, neuron.IafPscAlpha{IE: 1e-10},
	} {
		for _, current := range []float64{2e-10, 2.76e-10, 3e-10, 5e-10, 1e-9, 1e-8} {
			rate := make([]float64, 1)
			model.(neuron.Rater).Rates(rate, []float64{current})
			r := newPointRun(t, model, dt, 1)
			r.block.Input[0] = current
			for range 5000 {
				r.step()
			}
			name := model.Spec().Name
			if rate[0] == 0 {
				if len(r.fired) > 0 {
					t.Errorf("%s, %g A: fires in %v, want silence", name, current, r.fired)
				}
				continue
			}
			interval := int(math.Ceil((1/rate[0]-tRef)/dt)) + int(math.Round(tRef/dt))
			if len(r.fired) < 3 || r.fired[2]-r.fired[1] != interval {
				t.Errorf("%s, %g A: fires in %v, want every %d steps", name, current, r.fired[:min(len(r.fired), 5)], interval)
			}
		}
	}
}

// Below threshold the step's length does not matter: the linear models are
// exact, and the solver of the others keeps its tolerance.
func TestStepsCompose(t *testing.T) {
	start := map[string]float64{"g_ex": 4e-9, "g_in": 2e-9, "dg_ex": 1e-6, "I_syn_ex": 1e-10, "I_syn_in": -5e-11, "dI_syn_ex": 3e-8, "w": 1e-11}
	for _, c := range []struct {
		model     neuron.Model
		tolerance float64 // mV
	}{
		{neuron.IafPscDelta{IE: 1e-10, TauM: 0.003}, 1e-12},
		{neuron.IafPscExp{IE: 1e-10, TauSynEx: 0.01}, 1e-12},
		{neuron.IafPscAlpha{IE: 1e-10, TauSynIn: 0.01}, 1e-12},
		{neuron.IafCondExp{IE: 1e-10}, 1e-9},
		{neuron.IafCondAlpha{IE: 1e-10}, 1e-9},
		{neuron.AeifCondExp{IE: 1e-10}, 1e-9},
		{neuron.AeifPscDeltaClopath{IE: 1e-10}, 1e-9}, // in steps of 1/8 ms by the adaptive method, in shorter ones without it
		{neuron.AeifCondAlpha{IE: 1e-10}, 1e-9},
		{neuron.HHPscAlpha{}, 1e-9},
	} {
		after := func(dt float64) float64 {
			r := newPointRun(t, c.model, dt, 1)
			for k, s := range c.model.Spec().States {
				if x, ok := start[s.Name]; ok {
					r.block.State[k][0] = x
				}
			}
			for range int(math.Round(8e-3 / dt)) {
				r.step()
			}
			return r.voltage[len(r.voltage)-1]
		}
		want := after(1e-3 / 64)
		for _, dt := range []float64{1e-3 / 16, 1e-3 / 8, 1e-3} {
			if got := after(dt); math.Abs(got-want) > c.tolerance || got == c.model.Spec().States[0].Init.(dist.Constant).Value*1e3 {
				t.Errorf("%s: %.15g mV with dt %g, want %.15g", c.model.Spec().Name, got, dt, want)
			}
		}
	}
}

// The response to synaptic currents has no jump where their time constant meets
// the membrane's.
func TestEqualTimeConstants(t *testing.T) {
	run := func(model neuron.Model) []float64 {
		r := newPointRun(t, model, 1e-4, 1)
		r.block.Arrived[0][0], r.block.Arrived[1][0] = 2e-12, -1e-12
		for range 1000 {
			r.step()
		}
		return r.voltage
	}
	for name, model := range map[string]func(tau float64) neuron.Model{
		"exp":   func(tau float64) neuron.Model { return neuron.IafPscExp{TauM: 0.01, TauSynEx: tau, TauSynIn: 0.01} },
		"alpha": func(tau float64) neuron.Model { return neuron.IafPscAlpha{TauM: 0.01, TauSynEx: tau, TauSynIn: 0.01} },
	} {
		equal := run(model(0.01))
		for _, e := range []float64{1e-15, 1e-12, 1e-9, 1e-6, 1e-3} {
			for _, sign := range []float64{-1, 1} {
				near, step := furthest(run(model(0.01*(1+sign*e))), equal)
				if near > 200*e+1e-11 || e > 1e-4 && near < e {
					t.Errorf("%s, τ_syn = τ_m (1 %+g): %g mV off in step %d", name, sign*e, near, step)
				}
			}
		}
	}
}

func TestRefractoryPeriodIsRounded(t *testing.T) {
	for _, c := range []struct {
		tRef float64
		held int
	}{{neuron.Zero, 0}, {0.1e-3, 1}, {0.24e-3, 2}, {0.25e-3, 3}, {0.26e-3, 3}, {2e-3, 20}, {0.0123, 123}} {
		for _, model := range []neuron.Model{
			neuron.IafPscDelta{TRef: c.tRef},
			neuron.IafPscExp{TRef: c.tRef},
			neuron.IafPscAlpha{TRef: c.tRef},
			neuron.IafCondExp{TRef: c.tRef},
			neuron.IafCondAlpha{TRef: c.tRef},
			neuron.AeifCondExp{TRef: c.tRef},
			neuron.AeifCondAlpha{TRef: c.tRef},
		} {
			r := newPointRun(t, model, 1e-4, 1)
			r.block.Input[0] = 2e-9
			for len(r.fired) == 0 {
				r.step()
			}
			reset, held := r.block.State[0][0], 0
			for r.step(); r.block.State[0][0] == reset; r.step() {
				held++
			}
			if held != c.held {
				t.Errorf("%s: t_ref %g holds %d steps, want %d", model.Spec().Name, c.tRef, held, c.held)
			}
		}
	}
}

// With refractory_input, what arrives while refractory acts as if it had decayed
// since; without, it is lost.
func TestRefractoryInput(t *testing.T) {
	const dt, tau, w = 1e-4, 1e-2, 1e-3
	for _, keep := range []bool{false, true} {
		run := func(weight float64) *pointRun {
			r := newPointRun(t, neuron.IafPscDelta{RefractoryInput: keep, TRef: 1e-3}, dt, 1)
			r.block.State[0][0] = -0.05 // above the threshold: fires in step 1
			for step := 1; step <= 40; step++ {
				r.block.Arrived[0][0] = 0
				if step == 4 {
					r.block.Arrived[0][0] = weight
				}
				r.step()
			}
			return r
		}
		with, without := run(w), run(0)
		for step := 11; step <= 40; step++ {
			want := 0.0
			if keep && step > 11 {
				want = w * 1e3 * math.Exp(-float64(step-4)*dt/tau)
			}
			if got := with.voltage[step-1] - without.voltage[step-1]; math.Abs(got-want) > 1e-12 {
				t.Errorf("kept %v: %g mV in step %d, want %g", keep, got, step, want)
			}
		}
	}
}

func TestAlphaPeaksAtTheWeight(t *testing.T) {
	const tau, w = 2e-3, 1e-9
	for _, model := range []neuron.Model{
		neuron.IafPscAlpha{TauSynEx: tau, TauSynIn: tau},
		neuron.HHPscAlpha{TauSynEx: tau, TauSynIn: tau},
		neuron.IafCondAlpha{TauSynEx: tau, TauSynIn: tau},
		neuron.AeifCondAlpha{TauSynEx: tau, TauSynIn: tau},
	} {
		spec := model.Spec()
		ex := slices.IndexFunc(spec.States, func(s neuron.State) bool { return strings.HasSuffix(s.Name, "_ex") })
		r := newPointRun(t, model, 1e-4, 1)
		r.block.Arrived[0][0], r.block.Arrived[1][0] = w, -w/2
		r.step()
		r.block.Arrived[0][0], r.block.Arrived[1][0] = 0, 0
		for range 20 { // τ later
			r.step()
		}
		in := w / 2
		if spec.Receptors[0].Unit == "A" {
			in = -in // a current keeps its sign, a conductance has none
		}
		for k, want := range map[int]float64{ex: w, ex + 1: in} {
			if got := r.block.State[k][0]; math.Abs(got/want-1) > 1e-9 {
				t.Errorf("%s: %s peaks at %g, want %g", spec.Name, spec.States[k].Name, got, want)
			}
		}
	}
}

// A threshold with a width is a firing intensity; the draws belong to neuron and
// step, not to the block.
func TestEscapeNoise(t *testing.T) {
	const n, steps, dt, p = 500, 400, 1e-4, 0.01
	model := neuron.IafPscExp{Delta: 5e-3, Rho: p / dt * math.Exp(3)} // at rest, 15 mV below the threshold: p per step
	if !model.Spec().Random || (neuron.IafPscExp{}).Spec().Random {
		t.Error("random where it should not be, or not where it should")
	}
	run := func(first, n int) (fired [][2]int64) {
		s, err := model.NewStepper(neuron.Env{Dt: dt, Stream: rng.New(1, "cell", "neuron")})
		if err != nil {
			t.Fatal(err)
		}
		b := newPointRun(t, model, dt, n).block
		for b.First, b.Step = first, 1; b.Step <= steps; b.Step++ {
			b.Spikes, b.At = b.Spikes[:0], b.At[:0]
			s.Step(&b)
			for _, i := range b.Spikes {
				fired = append(fired, [2]int64{b.Step, int64(i) + int64(first)})
			}
		}
		return fired
	}
	whole := run(0, n)
	if mean := n * steps * p; math.Abs(float64(len(whole))-mean) > 4*math.Sqrt(mean) {
		t.Errorf("%d spikes, want about %g", len(whole), mean)
	}
	parts := append(run(0, 123), run(123, n-123)...)
	slices.SortFunc(parts, func(a, b [2]int64) int { return slices.Compare(a[:], b[:]) })
	if !slices.Equal(whole, parts) {
		t.Error("the spikes depend on the blocks")
	}
}

// A neuron gives the same bits alone and beside others, and with rows that are
// absent because nothing is connected.
func TestPointNeuronsDoNotDependOnTheirBlock(t *testing.T) {
	const n, steps = 7, 300
	for _, model := range pointNeurons {
		unit := map[string]float64{"V": 3e-3, "A": 3e-10, "S": 1e-8}[model.Spec().Receptors[0].Unit]
		drive := map[string]float64{"izhikevich": 1e-11}[model.Spec().Name]
		if drive == 0 {
			drive = 1e-9
		}
		run := func(first, n int, connected bool) (states [][]float64, fired int) {
			r := newPointRun(t, model, 1e-4, n)
			if !connected {
				r.block.Arrived = nil
			}
			draws := rng.New(1, "test", "arrivals")
			for step := range steps {
				for i := range n {
					r.block.Input[i] = drive * float64(first+i) / 5
					for k, row := range r.block.Arrived {
						row[i] = 0
						if draws.Float64(uint64(first+i), uint64(2*step+k)) < 0.05 {
							row[i] = unit * float64(1-2*k)
						}
					}
				}
				r.step()
				fired += len(r.block.Spikes)
			}
			return r.block.State, fired
		}
		together, fired := run(0, n, true)
		if fired == 0 {
			t.Errorf("%s never fires", model.Spec().Name)
		}
		for i := range n {
			alone, _ := run(i, 1, true)
			for k := range alone {
				if math.Float64bits(alone[k][0]) != math.Float64bits(together[k][i]) {
					t.Errorf("%s: %s of neuron %d is %g alone, %g beside others", model.Spec().Name, model.Spec().States[k].Name, i, alone[k][0], together[k][i])
				}
			}
		}
		run(0, n, false)
	}
}

// An exponential upswing may end several times in a step; the number of spikes
// does not depend on the step.
func TestSeveralSpikesInAStep(t *testing.T) {
	for _, model := range []neuron.Model{neuron.AeifCondExp{}, neuron.AeifCondAlpha{}, neuron.AeifCondExp{DeltaT: neuron.Zero}} {
		count := map[float64]int{}
		for _, dt := range []float64{1e-5, 1e-4, 1e-3} {
			r := newPointRun(t, model, dt, 1)
			r.block.Input[0] = 5e-8
			for range int(math.Round(10e-3 / dt)) {
				r.step()
			}
			count[dt] = len(r.fired)
		}
		if count[1e-3] < 20 || count[1e-4] != count[1e-3] || count[1e-5] != count[1e-3] {
			t.Errorf("%s: %v spikes by dt", model.Spec().Name, count)
		}
	}
}

// No input, however absurd, may hang or panic.
func TestAbsurdInputEnds(t *testing.T) {
	for _, model := range pointNeurons {
		for _, x := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), 1e300, -1e300, 1} {
			r := newPointRun(t, model, 1e-4, 1)
			r.block.Input[0] = x
			for range 3 {
				r.step()
			}
		}
	}
}

func TestPointNeuronsDoNotAllocate(t *testing.T) {
	for _, model := range pointNeurons {
		r := newPointRun(t, model, 1e-4, 16)
		r.block.Spikes, r.block.At = make([]int32, 0, 64), make([]float64, 0, 64)
		for i := range r.block.Input {
			r.block.Input[i] = 1e-9
		}
		step := func() {
			r.block.Spikes, r.block.At = r.block.Spikes[:0], r.block.At[:0]
			r.stepper.Step(&r.block)
		}
		if n := testing.AllocsPerRun(50, step); n > 0 {
			t.Errorf("%s allocates %g times in a step", model.Spec().Name, n)
		}
	}
}

func TestLowerBoundOfTheVoltage(t *testing.T) {
	for _, model := range []neuron.Model{
		neuron.IafPscDelta{VMin: -0.08}, neuron.IafPscAlpha{VMin: -0.08}, neuron.IzhikevichPoint{VMin: -0.08},
	} {
		r := newPointRun(t, model, 1e-4, 1)
		r.block.Input[0] = -1e-9
		for range 500 {
			r.step()
		}
		if lowest := slices.Min(r.voltage); lowest != -80 {
			t.Errorf("%s goes down to %g mV, want -80", model.Spec().Name, lowest)
		}
	}
}
