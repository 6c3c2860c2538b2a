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
	argDEx
	argDIn
	argArrived
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
	argInSlope
	argInRise
	argRefractoryPeriod // and end
	argWeight
	argPlace
	argOwnRefractory
	argOwn // columns

	numbers    = argRefractoryPeriod - argDecay // in bytes, as pointers to columns and masks
	argOwnMask = argOwn + numbers
	argKeys    = argOwnMask + numbers
	argTable   = argKeys + 16*(rounds+1)
	argUpper   = argTable + 4*32
	argLower   = argUpper + 2*32
)

const rounds = 10 // of AES-128

// A variant of an update is for neurons that have constants of their own, for
// Poisson input, for both or neither.
type variant struct{ own, driven bool }

func (v variant) String() (name string) {
	if v.own {
		name = "Own"
	}
	if v.driven {
		name += "Driven"
	}
	return name
}

// A stepper is what the two widths share: the registers of the loop.
type stepper struct {
	model
	variant
	args               reg.GPVirtual
	v                  reg.GPVirtual
	iEx, iIn, dEx, dIn reg.GPVirtual
	arrived            reg.GPVirtual
	refract, counts    reg.GPVirtual
	n, spikes, neuron  reg.GPVirtual
}

func (s *stepper) field(offset int) Mem { return Mem{Base: s.args, Disp: offset} }

func (s *stepper) pointer(offset int) reg.GPVirtual {
	r := GP64()
	MOVQ(s.field(offset), r)
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

// begin starts a routine.
func begin(m model, variant variant, width string) *stepper {
	name := "step" + m.String() + variant.String() + width
	TEXT(name, attr.NOSPLIT, "func(args **float64) int")
	Pragma("noescape")
	Doc(name+" advances the neurons of a stepArgs, given by its first field, by one",
		"step and returns the number of spikes.")
	s := &stepper{model: m, variant: variant, args: load("args")}
	s.v, s.refract = s.pointer(argV), s.pointer(argRefractory)
	switch m {
	case delta:
		s.arrived = s.pointer(argArrived)
	case alpha:
		s.dEx, s.dIn = s.pointer(argDEx), s.pointer(argDIn)
	}
	if m != delta {
		s.iEx = s.pointer(argIEx)
	}
	if m.receptors() == 2 {
		s.iIn = s.pointer(argIIn)
	}
	if s.own {
		MOVQ(U32(0), s.field(argPlace))
	}
	s.n, s.spikes, s.neuron = s.pointer(argN), s.pointer(argSpikes), s.pointer(argFirst)
	if s.driven {
		s.counts = s.pointer(argCounts)
	}
	return s
}

// rows are the float64 that a neuron has.
func (s *stepper) rows() (list []reg.GPVirtual) {
	for _, r := range []reg.GPVirtual{s.v, s.iEx, s.iIn, s.dEx, s.dIn, s.arrived} {
		if r != nil {
			list = append(list, r)
		}
	}
	return list
}

// next moves on by a group.
func (s *stepper) next() {
	for _, row := range s.rows() {
		ADDQ(U32(8*group), row)
	}
	ADDQ(U32(2*group), s.refract)
	if s.driven {
		ADDQ(U32(2*group), s.counts)
	}
	if s.own {
		ADDQ(U32(8*group), s.field(argPlace))
	}
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
