package equation

import (
	"fmt"

	"soma/internal/kernel"
	"soma/internal/rng"
)

// Machine runs a compiled model. It belongs to one goroutine and keeps nothing
// of a neuron between steps.
type Machine struct {
	code    *Code
	level   kernel.Level
	stream  rng.Stream
	normals *kernel.Normals
	advance *runner
	attempt *runner // nil for methods that are not adaptive
	reset   *runner
	through []float64 // how far the neurons of a block have come, s
	size    int       // neurons of a block
	zeros   []float64 // a uniform row
	fired   []int32
	fault   unwell
	held    [][]float64 // rows of neurons that fire
}

// NewMachine prepares for running.
func NewMachine(code *Code, level kernel.Level, stream rng.Stream) *Machine {
	m := &Machine{code: code, level: level, stream: stream, normals: kernel.NewNormals(stream), zeros: make([]float64, kernel.Uniform)}
	m.size = blockSize(code.advance)
	if code.attempt != nil {
		m.size = min(m.size, blockSize(code.attempt))
		m.attempt = newRunner(code.attempt, m.size)
		m.through = make([]float64, m.size)
	}
	m.advance = newRunner(code.advance, m.size)
	m.reset = newRunner(code.reset, m.size)
	m.held = make([][]float64, len(code.model.Variables))
	for k := range m.held {
		m.held[k] = make([]float64, m.size)
	}
	return m
}

// cache is how many bytes of rows should stay close to the processor.
const cache = 40 << 10

func blockSize(p *Program) int {
	const least, most, grain = 64, 512, 64
	n := cache / 8 / max(p.temps+len(p.rows)/2, 1) / grain * grain
	return max(least, min(n, most))
}

// Block is the neurons of one population, or of a part of it, in one step.
type Block struct {
	Step    int64 // from 1
	First   int   // number of the first neuron
	Input   []float64
	State   [][]float64 // a row for each variable
	Arrived [][]float64 // a row for each receptor; nil where nothing arrives
}

// Step advances the neurons by one step and appends those that fire, counted
// within the block.
func (m *Machine) Step(b *Block, fire []int32) []int32 {
	dt := m.code.dt
	start, end := float64(float64(b.Step-1)*dt), float64(float64(b.Step)*dt)
	m.advance.begin(m.level, start, end)
	m.reset.begin(m.level, start, end)
	if m.attempt != nil {
		m.attempt.begin(m.level, start, end)
	}
	for first := 0; first < len(b.Input); first += m.size {
		n := min(m.size, len(b.Input)-first)
		if m.attempt != nil {
			m.integrate(b, first, n)
		}
		m.bind(m.advance, b, first, n)
		m.advance.run(m.level, n)
		if mask := m.advance.p.mask; mask >= 0 {
			m.fired = kernel.Where(m.level, m.advance.rows[mask][:n], m.fired[:0])
			m.fireAll(b, first)
			for _, i := range m.fired {
				fire = append(fire, int32(first)+i)
			}
		}
	}
	if b.Step%checkEvery == 0 {
		m.check(b)
	}
	return fire
}

// checkEvery is after how many steps variables are looked at.
const checkEvery = 64

// check looks for the first neuron with a variable that is no finite number.
func (m *Machine) check(b *Block) {
	for k, row := range b.State {
		for i, x := range row {
			if !finite(x) && (m.fault.variable == "" || b.First+i < m.fault.neuron) {
				m.fault = unwell{b.First + i, m.code.model.Variables[k].Name}
				break
			}
		}
	}
}

// unwell is a neuron with a variable that is no finite number.
type unwell struct {
	neuron   int
	variable string
}

// Fault says which neuron has gone wrong; nil if none has.
func (m *Machine) Fault() (neuron int, err error) {
	if m.fault.variable == "" {
		return 0, nil
	}
	f := m.fault
	m.fault = unwell{}
	return f.neuron, fmt.Errorf("%s is no longer a finite number; use a shorter dt or another method, and look for divisions by 0", f.variable)
}

// integrate makes attempts until all neurons are through with the step.
func (m *Machine) integrate(b *Block, first, n int) {
	clear(m.through[:n])
	m.bind(m.attempt, b, first, n)
	for range maxAttempts {
		m.attempt.run(m.level, n)
		if !anyTrue(m.attempt.rows[m.attempt.p.mask][:n]) {
			return
		}
	}
}

func anyTrue(mask []float64) bool {
	for _, x := range mask {
		if x != 0 {
			return true
		}
	}
	return false
}

// bind finds the rows of the neurons first … first+n−1.
func (m *Machine) bind(r *runner, b *Block, first, n int) {
	for i, info := range r.p.rows {
		switch info.kind {
		case leafRow:
			r.rows[i] = b.State[info.k][first : first+n]
		case leafInput:
			r.rows[i] = b.Input[first : first+n]
		case leafArrived:
			r.rows[i], r.steps[i] = m.zeros, 0
			if info.k < len(b.Arrived) && b.Arrived[info.k] != nil {
				r.rows[i], r.steps[i] = b.Arrived[info.k][first:first+n], 1
			}
		case leafLocal:
			r.rows[i] = m.through
		case leafNeuron:
			for j := range n {
				r.rows[i][j] = float64(b.First + first + j)
			}
		case leafRand:
			for j := range n {
				r.rows[i][j] = m.random(info, b, first+j)
			}
		case leafRandn:
			m.normals.Fill(m.level, r.rows[i][:n], uint64(b.First+first), m.draw(info, b))
		}
	}
}

// draw is the number of a draw among all of a neuron.
func (m *Machine) draw(info rowInfo, b *Block) uint64 {
	return uint64(b.Step)*uint64(m.code.draws) + uint64(info.k)
}

// random is a random number of neuron i of the block.
func (m *Machine) random(info rowInfo, b *Block, i int) float64 {
	if info.kind == leafRand {
		return m.stream.Float64(uint64(b.First+i), m.draw(info, b))
	}
	return m.normals.At(uint64(b.First+i), m.draw(info, b))
}

// fireAll resets the neurons that fire. They are few: their variables are
// gathered, changed and put back.
func (m *Machine) fireAll(b *Block, first int) {
	r := m.reset
	if len(m.fired) == 0 || len(r.p.code) == 0 {
		return
	}
	for i, info := range r.p.rows {
		switch info.kind {
		case leafRow:
			row := m.held[info.k]
			for j, id := range m.fired {
				row[j] = b.State[info.k][first+int(id)]
			}
			r.rows[i] = row
		case leafInput:
			for j, id := range m.fired {
				r.rows[i][j] = b.Input[first+int(id)]
			}
		case leafNeuron:
			for j, id := range m.fired {
				r.rows[i][j] = float64(b.First + first + int(id))
			}
		case leafRand, leafRandn:
			for j, id := range m.fired {
				r.rows[i][j] = m.random(info, b, first+int(id))
			}
		}
	}
	r.run(m.level, len(m.fired))
	for _, i := range r.p.written {
		k := r.p.rows[i].k
		for j, id := range m.fired {
			b.State[k][first+int(id)] = r.rows[i][j]
		}
	}
}

// runner is a program with its rows.
type runner struct {
	p     *Program
	rows  [][]float64
	steps []int
	x     kernel.Operands
}

// newRunner makes the rows that are not those of a block.
func newRunner(p *Program, size int) *runner {
	r := &runner{p: p, rows: make([][]float64, len(p.rows)), steps: make([]int, len(p.rows))}
	for i, info := range p.rows {
		n := size
		if info.uniform {
			n = kernel.Uniform
		} else {
			r.steps[i] = 1
		}
		if info.kind == leafRow || info.kind == leafLocal || info.kind == leafArrived {
			continue
		}
		r.rows[i] = make([]float64, n)
		if info.kind == leafConst {
			fill(r.rows[i], info.value)
		}
	}
	return r
}

func fill(row []float64, x float64) {
	for i := range row {
		row[i] = x
	}
}

// begin computes what is the same for all neurons in a step.
func (r *runner) begin(level kernel.Level, start, end float64) {
	for i, info := range r.p.rows {
		if info.kind == leafTime {
			fill(r.rows[i], start)
			if info.k == 1 {
				fill(r.rows[i], end)
			}
		}
	}
	r.execute(level, r.p.uniform, kernel.Uniform)
}

func (r *runner) run(level kernel.Level, n int) { r.execute(level, r.p.code, n) }

func (r *runner) execute(level kernel.Level, code []instruction, n int) {
	x, rows, steps := &r.x, r.rows, r.steps
	for i := range code {
		ins := &code[i]
		x.Dst = rows[ins.dst][:n]
		x.A, x.StepA = rows[ins.args[0]], steps[ins.args[0]]
		x.B, x.StepB = rows[ins.args[1]], steps[ins.args[1]]
		x.C, x.StepC = rows[ins.args[2]], steps[ins.args[2]]
		x.D, x.StepD = rows[ins.args[3]], steps[ins.args[3]]
		ins.op.Apply(level, x)
	}
}
