package main

import (
	"github.com/mmcloughlin/avo/attr"
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// A drawer is what the routines that draw Poisson counts share.
type drawer struct {
	args, counts, n reg.GPVirtual
}

func (d *drawer) field(offset int) Mem { return Mem{Base: d.args, Disp: offset} }

func beginPoisson(width string) drawer {
	name := "poisson" + width
	TEXT(name, attr.NOSPLIT, "func(args **float64)")
	Pragma("noescape")
	Doc(name+" draws the Poisson counts of the neurons of a stepArgs, given by its",
		"first field; it may write the counts of a group more.")
	d := drawer{args: load("args"), counts: GP64(), n: GP64()}
	MOVQ(d.field(argCounts), d.counts)
	MOVQ(d.field(argN), d.n)
	return d
}

// eachSummand is a loop over the summands of which a count is the sum.
func (d *drawer) eachSummand(body func(summand reg.GPVirtual)) {
	summand := GP64()
	XORQ(summand, summand)
	JMP(LabelRef("summands"))
	Label("summand")
	body(summand)
	INCQ(summand)
	Label("summands")
	CMPQ(summand, d.field(argSummands))
	JLT(LabelRef("summand"))
}

// next moves on by some neurons.
func (d *drawer) next(neurons int) {
	ADDQ(U32(2*neurons), d.counts)
	SUBQ(U32(neurons), d.n)
	JG(LabelRef("group"))
}

// lowerHalves is the bit that the summand of the blocks of lower halves has.
const lowerHalves = 1 << 31
