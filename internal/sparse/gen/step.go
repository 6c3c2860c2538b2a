package main

import (
	"fmt"
	"slices"

	"github.com/mmcloughlin/avo/attr"
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// A model is one of the four updates.
type model int

const (
	twoCurrents model = iota
	oneCurrent
	delta
	alpha
)

func (m model) String() string { return [...]string{"TwoCurrents", "OneCurrent", "Delta", "Alpha"}[m] }

func (m model) receptors() int {
	if m == twoCurrents || m == alpha {
		return 2
	}
	return 1
}

const group = 32 // neurons that one turn of the loop advances

// Offsets of the fields of stepArgs; a test compares them.
const (
	argV = 8 * iota
	argIEx
	argIIn
	argRowEx
	argRowIn
	argRefractory
	argN
	argSpikes
	argCounts
	argFirst
	argBlock
	argStep
	argSummands
	argDecay // the constants of a neuron begin
	argDrive
	argEx
	argExDecay
	argIn
	argInDecay
	argVTh
	argReset
	argExSlope
	argExRise
	argExKick
	argInSlope
	argInRise
	argInKick
	argRefractoryPeriod // and end
	argWeight
	argDEx
	argDIn
	argPlace
	argOwnRefractory
	argOwn // columns
	_
	_
	_
	_
	_
	_
	_
	_
	_
	_
	_
	_
	_
	argOwnMask
	_
	_
	_
	_
	_
	_
	_
	_
	_
	_
	_
	_
	_
	argKeys
)

const (
	rounds   = 10
	argTable = argKeys + 16*rounds

	mul0 = 0xD2511F53
	mul1 = 0xCD9E8D57
)

// A stepper is what the two widths share: the registers of the loop.
type stepper struct {
	model
	own                                bool // every neuron has constants of its own
	args                               reg.GPVirtual
	v, iEx, iIn, rowEx, rowIn, refract reg.GPVirtual
	counts                             reg.GPVirtual // of Poisson spikes, int32
	n, spikes, neuron                  reg.GPVirtual
}

func (s *stepper) field(offset int) Mem { return Mem{Base: s.args, Disp: offset} }

func (s *stepper) pointer(offset int) reg.GPVirtual {
	r := GP64()
	MOVQ(s.field(offset), r)
	return r
}

// slopes is where the slopes of the group are, of a row that a field points to.
// There are not enough registers to keep it.
func (s *stepper) slopes(offset int) reg.GPVirtual {
	r := s.pointer(offset)
	ADDQ(s.field(argPlace), r)
	return r
}

// column is where the constants of the group are that have a field. A column that
// is the same for all groups has a mask of 0.
func (s *stepper) column(offset int) reg.GPVirtual {
	r := s.pointer(argPlace)
	ANDQ(s.field(argOwnMask+offset-argDecay), r)
	ADDQ(s.field(argOwn+offset-argDecay), r)
	return r
}

// placed says whether the place of the group is kept.
func (s *stepper) placed() bool { return s.own || s.model == alpha }

// begin starts a routine.
func begin(m model, own bool, width string) *stepper {
	name := "step" + m.String() + width
	if own {
		name = "step" + m.String() + "Own" + width
	}
	TEXT(name, attr.NOSPLIT, "func(args **float64) int")
	Pragma("noescape")
	Doc(name+" advances the neurons of a stepArgs, given by its first field, by one",
		"step and returns the number of spikes.")
	s := &stepper{model: m, own: own, args: load("args")}
	s.v, s.rowEx, s.refract = s.pointer(argV), s.pointer(argRowEx), s.pointer(argRefractory)
	if m != delta {
		s.iEx = s.pointer(argIEx)
	}
	if m.receptors() == 2 {
		s.iIn, s.rowIn = s.pointer(argIIn), s.pointer(argRowIn)
	}
	if s.placed() {
		MOVQ(U32(0), s.field(argPlace))
	}
	s.n, s.spikes = s.pointer(argN), s.pointer(argSpikes)
	s.neuron, s.counts = s.pointer(argFirst), s.pointer(argCounts)
	return s
}

// next moves on by a group.
func (s *stepper) next() {
	ADDQ(U32(8*group), s.v)
	ADDQ(U32(8*group), s.rowEx)
	ADDQ(U32(2*group), s.refract)
	if s.model != delta {
		ADDQ(U32(8*group), s.iEx)
	}
	if s.receptors() == 2 {
		ADDQ(U32(8*group), s.iIn)
		ADDQ(U32(8*group), s.rowIn)
	}
	if s.placed() {
		ADDQ(U32(8*group), s.field(argPlace))
	}
	ADDQ(U32(4*group), s.counts)
	ADDQ(U32(group), s.neuron)
	SUBQ(U32(group), s.n)
	JNZ(LabelRef("group"))
}

// end returns the number of spikes.
func (s *stepper) end() {
	VZEROUPPER()
	SUBQ(s.field(argSpikes), s.spikes)
	SHRQ(Imm(2), s.spikes)
	Store(s.spikes, ReturnIndex(0))
	RET()
}

// fire lists the neurons of a mask of 32 bits and makes them refractory.
func (s *stepper) fire(mask reg.GPVirtual) {
	TESTL(mask, mask)
	JZ(LabelRef("no_spike"))
	Label("spike")
	lane, x := GP64(), GP32()
	BSFL(mask, lane.As32())
	LEAL(Mem{Base: s.neuron, Index: lane, Scale: 1}, x)
	MOVL(x, Mem{Base: s.spikes})
	ADDQ(Imm(4), s.spikes)
	if s.own {
		period := s.pointer(argPlace)
		SHRQ(Imm(2), period) // two bytes of eight
		ADDQ(s.field(argOwnRefractory), period)
		MOVWLZX(Mem{Base: period, Index: lane, Scale: 2}, x)
	} else {
		MOVL(s.field(argRefractoryPeriod), x)
	}
	MOVW(x.As16(), Mem{Base: s.refract, Index: lane, Scale: 2})
	LEAL(Mem{Base: mask, Disp: -1}, x)
	ANDL(x, mask)
	JNZ(LabelRef("spike"))
	Label("no_spike")
}

// constant is 64-bit numbers in memory.
func constant(name string, values []uint64) Mem {
	if m, ok := constants[name]; ok {
		return m
	}
	m := GLOBL(name, attr.RODATA|attr.NOPTR)
	for i, v := range values {
		DATA(8*i, U64(v))
	}
	constants[name] = m
	return m
}

var constants = map[string]Mem{}

// broadcastConstant is the same number in eight lanes.
func broadcastConstant(x uint64) Mem {
	return constant(fmt.Sprintf("all_%x", x), slices.Repeat([]uint64{x}, 8))
}

// lanes numbers the blocks of two groups.
var lanes = []uint64{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}
