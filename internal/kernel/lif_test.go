package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"testing"

	"soma/validation"
)

// normalised returns a LIF neuron without units, tau_rc 20 ms.
func normalised(dt, tauRef float64) LIFParams {
	return LIFParams{Dt: dt, TauRC: 0.02, TauRef: tauRef, Resistance: 1, Threshold: 1}
}

// population is the state of some neurons.
type population struct {
	v, r, j []float64
}

func (p population) clone() population { return population{clone(p.v), clone(p.r), clone(p.j)} }

// compareSteps runs the same neurons at a level and in portable Go, and demands
// the same state and spikes after every step.
func compareSteps(t *testing.T, level Level, params LIFParams, start population, steps int) {
	t.Helper()
	got, want := start.clone(), start.clone()
	fast, plain := NewLIF(level, params), NewLIF(Portable, params)
	for step := range steps {
		s, at := fast.Step(got.v, got.r, got.j, 100, nil, nil)
		sWant, atWant := plain.Step(want.v, want.r, want.j, 100, nil, nil)
		if len(s) != len(sWant) || len(at) != len(atWant) {
			t.Fatalf("step %d: %d spikes at %d times, want %d", step, len(s), len(at), len(sWant))
		}
		for i := range sWant {
			if s[i] != sWant[i] {
				t.Fatalf("step %d: spike %d is of %d, want %d", step, i, s[i], sWant[i])
			}
		}
		compare(t, fmt.Sprintf("step %d, times", step), at, atWant)
		compare(t, fmt.Sprintf("step %d, voltages", step), got.v, want.v)
		compare(t, fmt.Sprintf("step %d, refractory times", step), got.r, want.r)
	}
}

var paramSets = map[string]LIFParams{
	"normalised":             normalised(0.001, 0.002),
	"no refractory time":     normalised(0.001, 0),
	"step beyond refractory": normalised(0.005, 0.002),
	"below threshold":        {Dt: 0.001, TauRC: 0.02, TauRef: 0.0015, Resistance: 1, Threshold: 1, MinVoltage: math.Inf(-1)},
	"long step":              {Dt: 0.004, TauRC: 0.005, TauRef: 0.0045, Resistance: 1, Threshold: 1, MinVoltage: -1},
	"held above threshold":   {Dt: 0.001, TauRC: 0.02, TauRef: 0.002, Resistance: 1, Threshold: 1, MinVoltage: 1.5},
	"physical": {
		Dt: 1e-4, TauRC: 0.01, TauRef: 0.002, Resistance: 4e7, Rest: -0.065,
		Threshold: -0.05, Reset: -0.065, MinVoltage: -0.08,
	},
}

func TestLIFLevelsAreEqual(t *testing.T) {
	forLevels(t, func(t *testing.T, level Level) {
		random := rand.New(rand.NewPCG(9, 9))
		for name, p := range paramSets {
			for _, n := range append(lengths(), lifBlock+11) {
				start := population{make([]float64, n), make([]float64, n), make([]float64, n)}
				for i := range n {
					start.v[i] = p.Reset + (p.Threshold-p.Reset)*1.1*random.Float64()
					start.r[i] = p.Dt * (4*random.Float64() - 1)
					start.j[i] = (p.Threshold - p.Rest) / p.Resistance * (8*random.Float64() - 2)
				}
				t.Logf("%s, %d neurons", name, n)
				compareSteps(t, level, p, start, 12)
			}
		}
	})
}

func TestLIFLevelsAreEqualOnAwkwardNumbers(t *testing.T) {
	forLevels(t, func(t *testing.T, level Level) {
		random := rand.New(rand.NewPCG(10, 10))
		for name, p := range paramSets {
			for _, n := range []int{1, 8, 13, 67, 4107} {
				t.Logf("%s, %d neurons", name, n)
				start := population{numbers(random, n), numbers(random, n), numbers(random, n)}
				compareSteps(t, level, p, start, 4)
			}
		}
	})
}

// A spike time lies within the step, whatever the numbers.
func TestLIFTimesLieWithinTheStep(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 11))
	for name, p := range paramSets {
		k := NewLIF(Best(), p)
		for range 200 {
			const n = 64
			_, at := k.Step(numbers(random, n), numbers(random, n), numbers(random, n), 0, nil, nil)
			for _, ts := range at {
				if !(ts >= 0 && ts <= p.Dt) {
					t.Fatalf("%s: spike at %v of a step of %v", name, ts, p.Dt)
				}
			}
		}
	}
}

func FuzzLIFLevels(f *testing.F) {
	f.Add(0.5, 0.0005, 3.0, 0.002, uint8(9))
	f.Add(1.5, -1.0, 1.0, 0.0, uint8(67))
	f.Add(math.Inf(1), math.NaN(), -1e300, 0.0001, uint8(8))
	f.Add(0.999, 0.0, 1e308, 0.0, uint8(33))
	f.Fuzz(func(t *testing.T, v, r, j, tauRef float64, n uint8) {
		start := population{make([]float64, n), make([]float64, n), make([]float64, n)}
		for i := range start.v { // the given state, between variations of it
			shift := float64(i%3) * 1e-4
			start.v[i], start.r[i], start.j[i] = v+shift, r-shift, j*(1+shift)
		}
		for _, level := range Levels() {
			compareSteps(t, level, normalised(0.001, tauRef), start, 3)
		}
	})
}

// checkNengo steps one neuron with the currents j and compares voltage,
// refractory time and spikes after every step.
func checkNengo(t *testing.T, level Level, j, voltage, refractory, output []float64) {
	t.Helper()
	k := NewLIF(level, normalised(0.001, 0.002))
	v, r := make([]float64, 8), make([]float64, 8) // eight, so that all levels use vectors
	current := make([]float64, 8)
	for step := range voltage {
		for i := range current {
			current[i] = j[step]
		}
		spikes, _ := k.Step(v, r, current, 0, nil, nil)
		if fires := len(spikes) == 8; fires != (output[step] > 0) {
			t.Fatalf("step %d: fires %v, want output %v", step+1, fires, output[step])
		}
		for i := range v {
			if math.Abs(v[i]-voltage[step]) > 1e-12*math.Abs(voltage[step]) {
				t.Fatalf("step %d: voltage %v, want %v", step+1, v[i], voltage[step])
			}
			if math.Abs(r[i]-refractory[step]) > 1e-12 {
				t.Fatalf("step %d: refractory time %v, want %v", step+1, r[i], refractory[step])
			}
		}
	}
}

func TestLIFReproducesNengo(t *testing.T) {
	constant := validation.Columns(t, "nengo/lif_const.csv")
	cosine := validation.Columns(t, "nengo/lif_cos.csv")
	forLevels(t, func(t *testing.T, level Level) {
		for _, name := range []string{"0.9", "1.05", "2", "10"} {
			j := make([]float64, len(constant["step"]))
			for i := range j {
				j[i], _ = strconv.ParseFloat(name, 64)
			}
			checkNengo(t, level, j, constant["v_J"+name], constant["ref_J"+name], constant["out_J"+name])
		}
		checkNengo(t, level, cosine["J"], cosine["v"], cosine["ref"], cosine["out"])
	})
}
