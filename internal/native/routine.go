package native

import (
	"encoding/binary"
	"math"
	"math/bits"
	"unsafe"

	"soma/internal/kernel"
)

// Place says where the numbers of a row are.
type Place int

const (
	Memory    Place = iota // a number for each neuron, which stays
	Number                 // one number for all neurons
	Temporary              // a number for each neuron, within the program only
)

// Instruction sets a row to an operation on others.
type Instruction struct {
	Op   kernel.Op
	Dst  int
	Args [4]int
}

// Program is instructions on rows.
type Program struct {
	Places []Place // of each row
	Code   []Instruction
	// Again is a row: as long as it is not 0 in all lanes of a vector, the program
	// runs once more for this vector, Limit times in all. -1: it runs once.
	Again, Limit int
	// List is a row of which only those that are not 0 are wanted, see
	// [Routine.Listed]; -1: none. It excludes Again.
	List int
}

// Routine is a program as machine code, with the numbers that it works with. It
// belongs to one goroutine.
type Routine struct {
	text   *text
	memory []int // the rows in memory
	rows   []*float64
	lanes  int
	table  []float64
	places []int // of each number in the table, by row
	bits   []byte
	args   arguments
}

// arguments are what the code gets; encode.go knows the offsets of the fields.
type arguments struct {
	table *float64
	bytes int
	rows  **float64
	bits  *byte
}

// Has says whether an operation has a form in machine code.
func Has(op kernel.Op) bool {
	switch {
	case op >= kernel.OpLog && op <= kernel.Atan:
		return false
	}
	return op != kernel.Pow
}

// New makes a routine; nil where that is not possible.
func New(level kernel.Level, p *Program) *Routine {
	if !available || level < kernel.AVX2 || kernel.Best() < level || len(p.Code) == 0 {
		return nil
	}
	l := lower(p)
	if l == nil {
		return nil
	}
	wide := level >= kernel.AVX512
	a := allocate(p, l, wide)
	if a == nil {
		return nil
	}
	t := newText(a.code)
	if t == nil {
		return nil
	}
	r := &Routine{text: t, memory: l.memory, rows: make([]*float64, max(len(l.memory), 1)), lanes: 4, places: l.numberOf}
	if wide {
		r.lanes = 8
	}
	r.table = aligned(entry * max(a.slots(), 1))
	for k, b := range l.constants {
		for i := range entry {
			r.table[entry*(l.numbers+k)+i] = math.Float64frombits(b)
		}
	}
	r.args = arguments{table: &r.table[0], rows: &r.rows[0]}
	return r
}

// entry is how many float64 a number takes in the table: a vector of any level.
const entry = kernel.Uniform

// aligned gives n float64 that begin with a line of the cache.
func aligned(n int) []float64 {
	const line = 64
	all := make([]float64, n+line/8)
	skip := 0
	if off := uintptr(unsafe.Pointer(&all[0])) % line; off != 0 {
		skip = int(line-off) / 8
	}
	return all[skip : skip+n : skip+n]
}

// Lanes is how many neurons a vector holds.
func (r *Routine) Lanes() int { return r.lanes }

// Number is where the routine looks for the number of a row: entry copies.
func (r *Routine) Number(row int) []float64 {
	k := r.places[row]
	return r.table[entry*k : entry*k+entry]
}

// Run carries out the program for n neurons, a multiple of the lanes. Rows in
// memory are as long as that; the others are of no account.
func (r *Routine) Run(rows [][]float64, n int) {
	if n == 0 {
		return
	}
	for k, row := range r.memory {
		r.rows[k] = &rows[row][:n][0]
	}
	r.args.bytes = 8 * n
	if need := n/r.lanes + 8; len(r.bits) < need {
		r.bits = make([]byte, need)
		r.args.bits = &r.bits[0]
	}
	r.text.call(&r.args)
}

// Listed appends the neurons, of the first n of the last Run, whose number in the
// list is not 0.
func (r *Routine) Listed(n int, list []int32) []int32 {
	vectors := (n + r.lanes - 1) / r.lanes
	clear(r.bits[vectors:][:8])
	for v := 0; v < vectors; v += 8 {
		for word := binary.LittleEndian.Uint64(r.bits[v:]); word != 0; word &= word - 1 {
			bit := bits.TrailingZeros64(word)
			if i := (v+bit/8)*r.lanes + bit%8; i < n {
				list = append(list, int32(i))
			}
		}
	}
	return list
}
