package equation

import (
	"fmt"

	"soma/internal/kernel"
	"soma/internal/native"
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
	width   int       // neurons of a vector
	zeros   []float64
	fired   []int32
	fault   unwell
	held    [][]float64 // rows of neurons that fire
}

// NewMachine prepares for running.
func NewMachine(code *Code, level kernel.Level, stream rng.Stream) *Machine {
	return newMachine(code, level, stream, native.New)
}

func newMachine(code *Code, level kernel.Level, stream rng.Stream, makeCode codeMaker) *Machine {
	m := &Machine{code: code, level: level, stream: stream, normals: kernel.NewNormals(stream), size: most, width: 1}
	if level > kernel.Portable {
		m.width = kernel.Uniform
	}
	m.advance = newRunner(code.advance, level, makeCode)
	m.size = min(m.size, m.advance.block())
	if code.attempt != nil {
		m.attempt = newRunner(code.attempt, level, makeCode)
		m.size = min(m.size, m.attempt.block())
		m.attempt.make(m.size)
		m.through = make([]float64, m.size)
	}
	m.advance.make(m.size)
	m.reset = newRunner(code.reset, kernel.Portable, makeCode)
	m.reset.make(m.size)
	m.zeros = make([]float64, m.size)
	m.held = make([][]float64, len(code.model.Variables))
	for k := range m.held {
		m.held[k] = make([]float64, m.size)
	}
	return m
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
	n := 0
	for first := 0; first < len(b.Input); first += n {
		n = m.next(len(b.Input) - first)
		if m.attempt != nil {
			m.integrate(b, first, n)
		}
		m.bind(m.advance, b, first, n)
		m.advance.run(m.level, m.padded(n))
		m.unbind(m.advance, b, first, n)
		if m.advance.p.mask >= 0 {
			m.fired = m.advance.masked(m.level, n, m.fired[:0])
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

// next is the size of the next block: whole vectors, but at the end.
func (m *Machine) next(left int) int {
	n := min(m.size, left)
	if n > m.width {
		n -= n % m.width
	}
	return n
}

// padded is how many neurons a block is treated as: the last is repeated in a
// vector that is not full.
func (m *Machine) padded(n int) int { return max(n, m.width) }

// checkEvery is after how many steps variables are looked at.
const checkEvery = 64

// check looks for the first neuron with a variable that is no finite number.
func (m *Machine) check(b *Block) {
	for k, row := range b.State {
		if allFinite(row) {
			continue
		}
		for i, x := range row {
			if !finite(x) && (m.fault.variable == "" || b.First+i < m.fault.neuron) {
				m.fault = unwell{b.First + i, m.code.model.Variables[k].Name}
				break
			}
		}
	}
}

// allFinite adds up zeros, unless a number is not finite.
func allFinite(row []float64) bool {
	var a, b, c, d float64
	for ; len(row) >= 4; row = row[4:] {
		a, b, c, d = a+float64(row[0]*0), b+float64(row[1]*0), c+float64(row[2]*0), d+float64(row[3]*0)
	}
	for _, x := range row {
		a += float64(x * 0)
	}
	return (a+b)+(c+d) == 0
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
	size := m.padded(n)
	clear(m.through[:size])
	m.bind(m.attempt, b, first, n)
	for range maxAttempts {
		m.attempt.run(m.level, size)
		if m.attempt.repeats() || !anyTrue(m.attempt.rows[m.attempt.p.mask][:size]) {
			break
		}
	}
	m.unbind(m.attempt, b, first, n)
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
			r.rows[i] = m.pad(r, i, b.State[info.k][first:first+n])
		case leafInput:
			r.rows[i] = m.pad(r, i, b.Input[first:first+n])
		case leafArrived:
			r.rows[i] = m.zeros
			if info.k < len(b.Arrived) && b.Arrived[info.k] != nil {
				r.rows[i] = m.pad(r, i, b.Arrived[info.k][first:first+n])
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

// pad gives the row itself, or a copy of a row that does not fill a vector.
func (m *Machine) pad(r *runner, i int, row []float64) []float64 {
	n := len(row)
	if n >= m.width {
		return row
	}
	if r.pads[i] == nil {
		r.pads[i] = make([]float64, m.width)
	}
	copy(r.pads[i], row)
	fill(r.pads[i][n:], row[n-1])
	return r.pads[i]
}

// unbind copies back what pad has copied.
func (m *Machine) unbind(r *runner, b *Block, first, n int) {
	if n >= m.width {
		return
	}
	for _, i := range r.p.written {
		if info := r.p.rows[i]; info.kind == leafRow {
			copy(b.State[info.k][first:first+n], r.rows[i])
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
