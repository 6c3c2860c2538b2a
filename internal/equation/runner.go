package equation

import (
	"soma/internal/kernel"
	"soma/internal/native"
)

// runner is a program with its rows. It runs as machine code where that can be
// made: all of it, or the pieces between operations that have no such form. Else
// each operation runs over the rows of a block.
type runner struct {
	p      *Program
	rows   [][]float64
	pads   [][]float64 // copies of rows that do not fill a vector
	steps  []int
	x      kernel.Operands
	pieces []piece
}

// piece is instructions from … to, and their machine code, if any.
type piece struct {
	from, to int
	routine  *native.Routine
}

// A codeMaker makes machine code, or nil where there is none.
type codeMaker func(kernel.Level, *native.Program) *native.Routine

// newRunner divides the program into pieces.
func newRunner(p *Program, level kernel.Level, makeCode codeMaker) *runner {
	r := &runner{p: p, rows: make([][]float64, len(p.rows)), pads: make([][]float64, len(p.rows)), steps: make([]int, len(p.rows))}
	from := 0
	for i := range p.code {
		if !native.Has(p.code[i].op) {
			r.add(makeCode, level, from, i)
			r.pieces = append(r.pieces, piece{from: i, to: i + 1})
			from = i + 1
		}
	}
	r.add(makeCode, level, from, len(p.code))
	return r
}

// add makes a piece.
func (r *runner) add(makeCode codeMaker, level kernel.Level, from, to int) {
	if from < to {
		r.pieces = append(r.pieces, piece{from, to, makeCode(level, r.p.native(from, to))})
	}
}

// whole says whether all of the program is one piece of machine code.
func (r *runner) whole() bool { return len(r.pieces) == 1 && r.pieces[0].routine != nil }

// repeats says whether run goes on for as long as the mask is not 0.
func (r *runner) repeats() bool { return r.whole() && r.p.again }

// native is a part of a program for machine code.
func (p *Program) native(from, to int) *native.Program {
	n := &native.Program{Places: make([]native.Place, len(p.rows)), Again: -1, List: -1}
	for i, info := range p.rows {
		switch {
		case info.uniform:
			n.Places[i] = native.Number
		case info.kind == rowTemp && !p.reads(i, from, to) && !p.reads(i, to, len(p.code)):
			n.Places[i] = native.Temporary
		}
	}
	for _, ins := range p.code[from:to] {
		n.Code = append(n.Code, native.Instruction{Op: ins.op, Dst: ins.dst, Args: ins.args})
	}
	if whole := from == 0 && to == len(p.code); whole && p.again {
		n.Again, n.Limit = p.mask, maxAttempts
	} else if whole {
		n.List = p.mask
	}
	return n
}

// reads says whether some instructions read a row before they write it.
func (p *Program) reads(row, from, to int) bool {
	for _, ins := range p.code[from:to] {
		for _, a := range ins.args[:ins.op.Args()] {
			if a == row {
				return true
			}
		}
		if ins.dst == row {
			return false
		}
	}
	return false
}

const (
	// cache is how many bytes of rows should stay close to the processor.
	cache = 40 << 10
	// least and most are the bounds of a block.
	least, most = 64, 512
)

// block is how many neurons run together.
func (r *runner) block() int {
	switch {
	case r.whole():
		return most
	case r.p.again: // the block goes on for as long as one neuron is not through
		return least
	}
	n := cache / 8 / max(r.p.temps+len(r.p.rows)/2, 1) / least * least
	return max(least, min(n, most))
}

// make makes the rows that are not those of a block.
func (r *runner) make(size int) {
	for i, info := range r.p.rows {
		n := size
		if info.uniform {
			n = kernel.Uniform
		} else {
			r.steps[i] = 1
		}
		switch info.kind {
		case leafRow, leafLocal, leafArrived: // bound, block by block
			continue
		case rowTemp:
			if r.whole() {
				continue
			}
		}
		r.rows[i] = make([]float64, n)
		if info.kind == leafConst {
			fill(r.rows[i], info.value)
		}
	}
	r.hand(func(info rowInfo) bool { return info.kind == leafConst })
}

// hand gives the routines numbers that are the same for all neurons.
func (r *runner) hand(which func(rowInfo) bool) {
	for _, piece := range r.pieces {
		if piece.routine == nil {
			continue
		}
		for i, info := range r.p.rows {
			if info.uniform && which(info) {
				copy(piece.routine.Number(i), r.rows[i])
			}
		}
	}
}

func fill(row []float64, x float64) {
	for i := range row {
		row[i] = x
	}
}

// begin computes what is the same for all neurons in a step.
func (r *runner) begin(level kernel.Level, start, end float64) {
	if !r.p.timed {
		return
	}
	for i, info := range r.p.rows {
		if info.kind == leafTime {
			fill(r.rows[i], start)
			if info.k == 1 {
				fill(r.rows[i], end)
			}
		}
	}
	r.execute(level, r.p.uniform, kernel.Uniform)
	r.hand(func(info rowInfo) bool { return info.kind != leafConst })
}

// run carries out the program for n neurons.
func (r *runner) run(level kernel.Level, n int) {
	for i := range r.pieces {
		if p := &r.pieces[i]; p.routine != nil {
			p.routine.Run(r.rows, n)
		} else {
			r.execute(level, r.p.code[p.from:p.to], n)
		}
	}
}

// masked appends the neurons, of n, where the mask is not 0 after run.
func (r *runner) masked(level kernel.Level, n int, list []int32) []int32 {
	if r.whole() {
		return r.pieces[0].routine.Listed(n, list)
	}
	return kernel.Where(level, r.rows[r.p.mask][:n], list)
}

// execute carries out instructions one by one, over rows.
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
