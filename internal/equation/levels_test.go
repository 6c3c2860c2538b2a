package equation

import (
	"fmt"
	"math"
	"testing"

	"soma/internal/kernel"
	"soma/internal/native"
)

// levelSources are models of every kind of method, with functions that have no
// machine code, and substeps that differ from neuron to neuron.
var levelSources = map[string]Source{
	"coba": cobaText,
	"rk45": {
		Method: "rk45", Text: `
			dv/dt = (exp(-v*v*20) - v + 30*sin(9*v + 20*t/second + i)*q)/(2*ms) : 1
			dq/dt = (tanh(v) - abs(q)**1.5)/(3*ms) : 1`,
		Threshold: "v > 0.9", Reset: "v = 0; q += 0.1", Refractory: "0.3*ms",
	},
	"rk8": {
		Method: "rk8", Until: "v > 5", Text: `
			dv/dt = (exp(v) - 1/exprel(v) + I)/ms : 1
			dq/dt = (v - q)/(0.05*ms) : 1`,
		Threshold: "v > 5", Reset: "v = -1",
	},
	"pieces": {
		Method: "euler", Text: "dv/dt = (arctan(v) + log(1 + v*v) - cosh(v/3) + v*cos(t/ms))/ms : 1",
		Threshold: "v < -1 or v > 2", Reset: "v = 0.1",
	},
}

// withoutCode is what a system without machine code has.
func withoutCode(kernel.Level, *native.Program) *native.Routine { return nil }

// Every level, with machine code and without, and every division into blocks, gives
// the same bits: a neuron's results do not depend on its neighbours.
func TestLevelsAndBlocksAgree(t *testing.T) {
	const n, steps = 43, 40
	for name, source := range levelSources {
		want := newTrial(t, source, 1e-4, kernel.Portable, n)
		start := want.scattered()
		want.steps(steps)
		spikes := len(want.fired)
		for _, level := range kernel.Levels() {
			for way, code := range map[string]codeMaker{"machine code": native.New, "rows": withoutCode} {
				for _, size := range []int{1, 7, 20, n} {
					got := newTrial(t, source, 1e-4, level, n)
					got.run = newMachine(got.m.Compile(1e-4), level, stream, code)
					for k, row := range start {
						copy(got.block.State[k], row)
					}
					copy(got.block.Input, want.block.Input)
					what := fmt.Sprintf("%s, %v, %s, blocks of %d", name, level, way, size)
					if fired := got.stepsInBlocks(steps, size); fired != spikes {
						t.Errorf("%s: %d spikes, want %d", what, fired, spikes)
					}
					got.sameState(t, what, want)
				}
			}
		}
		if spikes == 0 {
			t.Errorf("%s: no spikes", name)
		}
	}
}

// sameState reports a variable that differs by a bit.
func (tr *trial) sameState(t *testing.T, what string, want *trial) {
	t.Helper()
	for k, row := range want.block.State {
		for i, x := range row {
			if math.Float64bits(x) != math.Float64bits(tr.block.State[k][i]) {
				t.Fatalf("%s: %s of neuron %d is %g, want %g", what, want.m.Variables[k].Name, i, tr.block.State[k][i], x)
			}
		}
	}
}

// scattered gives every neuron a start of its own, and returns it.
func (tr *trial) scattered() (start [][]float64) {
	for k, v := range tr.m.Variables {
		row := tr.block.State[k]
		for i := range row {
			u := float64(i) / float64(len(row))
			switch {
			case v.rate == nil:
			case v.Dim == volt:
				row[i] = -0.06 + 0.02*u
			case v.Dim == siemens:
				row[i] = 6e-8 * u
			default:
				row[i] = 0.2 + 0.7*u
			}
		}
		start = append(start, append([]float64(nil), row...))
	}
	for i := range tr.block.Input {
		tr.block.Input[i] = 0.3 * float64(i%5)
	}
	return start
}

// stepsInBlocks steps the neurons in blocks of a size, and counts spikes.
func (tr *trial) stepsInBlocks(steps, size int) (fired int) {
	n := len(tr.block.Input)
	for step := range steps {
		for first := 0; first < n; first += size {
			last := min(first+size, n)
			b := Block{Step: int64(step + 1), First: first, Input: tr.block.Input[first:last]}
			for _, row := range tr.block.State {
				b.State = append(b.State, row[first:last])
			}
			tr.fired = tr.run.Step(&b, tr.fired[:0])
			fired += len(tr.fired)
		}
	}
	return fired
}
