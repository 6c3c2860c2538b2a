package kernel

import (
	"fmt"
	"math"
	"testing"
)

// stepper is what LIF and IF have in common.
type stepper interface {
	Step(v, r, j []float64, base int32, spikes []int32, at []float64) ([]int32, []float64)
}

// train runs one neuron with a constant current, from reset, and returns the
// times of its spikes. Eight copies of it run together, so that all levels use
// vectors.
func train(k stepper, reset, current, dt, duration float64) []float64 {
	v, r, j := make([]float64, 8), make([]float64, 8), make([]float64, 8)
	for i := range v {
		v[i], j[i] = reset, current
	}
	var times []float64
	var spikes []int32
	var at []float64
	for step := range int(math.Round(duration / dt)) {
		spikes, at = k.Step(v, r, j, 0, spikes[:0], at[:0])
		for i, neuron := range spikes {
			if neuron == 0 {
				times = append(times, float64(step)*dt+at[i])
			}
		}
	}
	return times
}

// checkRate compares the mean interval and the number of spikes with a rate,
// for a neuron that is at reset when the run begins.
func checkRate(t *testing.T, what string, times []float64, rate, tauRef, duration float64) {
	t.Helper()
	n := len(times)
	if want := (duration + tauRef) * rate; math.Abs(float64(n)-want) > 1 {
		t.Errorf("%s: %d spikes, want %.2f", what, n, want)
	}
	if n < 2 {
		t.Errorf("%s: %d spikes are too few to tell a rate", what, n)
		return
	}
	got := float64(n-1) / (times[n-1] - times[0])
	if math.Abs(got-rate) > 1e-9*rate {
		t.Errorf("%s: %.12g Hz, want %.12g", what, got, rate)
	}
	for i := 1; i < n; i++ {
		if interval := times[i] - times[i-1]; math.Abs(interval*rate-1) > 1e-9 {
			t.Fatalf("%s: interval %d is %v, want %v", what, i, interval, 1/rate)
		}
	}
}

var (
	stepLengths  = []float64{1e-4, 3e-4, 1e-3, 2e-3, 2.5e-3, 5e-3}
	overcurrents = []float64{1.001, 1.01, 1.1, 1.5, 2, 5, 10, 33, 100}
)

// The rate of a LIF neuron is 1/(t_ref - RC ln(1 - V_th/(R I))), at every
// current, step and level.
func TestLIFRateIsTheClosedForm(t *testing.T) {
	const duration = 1.5
	models := map[string]LIFParams{
		"normalised": normalised(0, 0),
		"physical": {
			TauRC: 0.01, Resistance: 4e7, Rest: -0.065, Threshold: -0.05, Reset: -0.065, MinVoltage: math.Inf(-1),
		},
	}
	forLevels(t, func(t *testing.T, level Level) {
		for name, p := range models {
			for _, p.TauRef = range []float64{0.002, 0} {
				for _, p.Dt = range stepLengths {
					for _, factor := range overcurrents {
						current := factor * (p.Threshold - p.Rest) / p.Resistance
						rate := 1 / (p.TauRef - p.TauRC*math.Log(1-1/factor))
						what := fmt.Sprintf("%s, t_ref %v, dt %v, %v × threshold", name, p.TauRef, p.Dt, factor)
						times := train(NewLIF(level, p), p.Reset, current, p.Dt, duration)
						checkRate(t, what, times, rate, p.TauRef, duration)
					}
				}
			}
		}
	})
}

// The rate of an IF neuron is I/(C V_th + t_ref I).
func TestIFRateIsTheClosedForm(t *testing.T) {
	const duration = 1.5
	for _, tauRef := range []float64{0.002, 0} {
		for _, dt := range stepLengths {
			for _, current := range []float64{3, 17, 100, 500, 3000, 20000} {
				p := IFParams{Dt: dt, TauRef: tauRef, Capacitance: 2, Threshold: 1, Reset: 0.5}
				rate := current / (p.Capacitance*(p.Threshold-p.Reset) + tauRef*current)
				what := fmt.Sprintf("t_ref %v, dt %v, current %v", tauRef, dt, current)
				times := train(NewIF(p), p.Reset, current, dt, duration)
				checkRate(t, what, times, rate, tauRef, duration)
			}
		}
	}
}

// With a step of 10 ms and a refractory time of 2 ms, a neuron at ten times its
// threshold fires two or three times in a step.
func TestSeveralSpikesInAStep(t *testing.T) {
	forLevels(t, func(t *testing.T, level Level) {
		times := train(NewLIF(level, normalised(0.01, 0.002)), 0, 10, 0.01, 10)
		if rate := float64(len(times)) / 10; math.Abs(rate-243.5) > 0.1 {
			t.Errorf("%v Hz, want 243.5", rate)
		}
	})
}

func TestSpikesOfAStepAreBounded(t *testing.T) {
	for name, k := range map[string]stepper{
		"LIF": NewLIF(Best(), normalised(0.001, 0)),
		"IF":  NewIF(IFParams{Dt: 0.001, Capacitance: 1, Threshold: 1}),
	} {
		for _, current := range []float64{1e9, 1e300, math.Inf(1)} {
			v, r, j := []float64{0}, []float64{0}, []float64{current}
			for range 3 {
				spikes, _ := k.Step(v, r, j, 0, nil, nil)
				if len(spikes) != MaxSpikesPerStep {
					t.Errorf("%s, current %v: %d spikes, want %d", name, current, len(spikes), MaxSpikesPerStep)
				}
			}
		}
	}
}

// A neuron at rest below threshold follows the exponential to the last places.
func TestLIFVoltageIsExact(t *testing.T) {
	p := normalised(0.001, 0.002)
	k := NewLIF(Best(), p)
	v, r, j := make([]float64, 8), make([]float64, 8), make([]float64, 8)
	for i := range j {
		j[i] = 0.9
	}
	for step := 1; step <= 200; step++ {
		k.Step(v, r, j, 0, nil, nil)
		want := -0.9 * math.Expm1(-float64(step)*p.Dt/p.TauRC)
		if math.Abs(v[3]-want) > 1e-14 {
			t.Fatalf("step %d: %v, want %v", step, v[3], want)
		}
	}
}

func TestIFVoltageAndRefractoryTime(t *testing.T) {
	k := NewIF(IFParams{Dt: 0.001, TauRef: 0.0025, Capacitance: 0.01, Threshold: 1, Reset: 0.25})
	v, r, j := []float64{0.5}, []float64{0}, []float64{6} // slope 600/s
	spikes, at := k.Step(v, r, j, 7, nil, nil)
	if len(spikes) != 1 || spikes[0] != 7 || math.Abs(at[0]-0.5/600) > 1e-15 || v[0] != 0.25 {
		t.Fatalf("spikes %v at %v, voltage %v", spikes, at, v[0])
	}
	// The refractory time ends 2.5 ms after the spike at 0.8333 ms.
	for step, want := range []float64{0.25, 0.25, 0.25 + 600*(0.004-0.0025-0.5/600)} {
		k.Step(v, r, j, 7, nil, nil)
		if math.Abs(v[0]-want) > 1e-13 {
			t.Errorf("step %d: voltage %v, want %v", step, v[0], want)
		}
	}
}
