package main

import (
	"fmt"
	"math"
	"strings"

	"github.com/mmcloughlin/avo/attr"
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// vectors is what differs between the widths. A mask selects lanes of a vector;
// it is a vector itself on AVX2 and a mask register on AVX-512.
type vectors interface {
	name() string
	lanes() int
	registers() int
	new() reg.VecVirtual
	newIndices() reg.VecVirtual // of 32 bits, one for each lane

	compare(relation uint8, a reg.Register, b Op) reg.Register
	and(m, n reg.Register) reg.Register                      // of masks
	without(m, n reg.Register) reg.Register                  // the lanes of mask m that are not in n
	addWhere(m, a, b reg.Register) vec                       // a + b in the lanes of m, a in others; a may be lost
	largerUnless(m, a, b reg.Register) vec                   // larger of a and b, but b in the lanes of m; b may be lost
	choose(m reg.Register, yes, no reg.Register) vec         // by lane
	bits(x reg.Register, y Op) vec                           // x & y
	flip(x reg.Register, y Op) vec                           // x ^ y
	mask(m reg.Register) reg.GPVirtual                       // the bits of a mask, 32 of them
	round(x reg.Register, mode uint64) vec                   // to a whole number
	or(x reg.Register, y Op) vec                             // x | y
	join(parts []vec) vec                                    // one vector of parts of four lanes
	orWhere(m, x, y reg.Register)                            // x |= y in the lanes of m
	scaled(x []vec, y Mem) []vec                             // x times the element at y
	part(x vec, n int) vec                                   // the n-th part of four lanes
	compress(m, indices reg.Register, base, n reg.GPVirtual) // append the indices selected by m to base[n:], advance n

	// compressTwo is compress for the masks of two vectors, whose indices are in one;
	// compressValues is it for values, and does not advance n.
	compressTwo(m0, m1, indices reg.Register, base, n reg.GPVirtual)
	compressValues(m, x reg.Register, base, n reg.GPVirtual)

	firstHalf(indices vec) vec                  // of those of two vectors
	jumpIfNone(m, n reg.Register, label string) // if neither mask selects any
}

type vec = reg.VecVirtual

// Relations of VCMPPD, quiet: false for NaN, but for notAtMost.
const (
	equal     = 0x00
	less      = 0x11
	atMost    = 0x12
	notAtMost = 0x16
	atLeast   = 0x1d
	greater   = 0x1e
)

// width is the size of a vector in bytes.
func width(v vectors) int { return 8 * v.lanes() }

// Operations on registers, b may be in memory; each result is a new register.

func add(v vectors, a reg.Register, b Op) vec { d := v.new(); VADDPD(b, a, d); return d }
func sub(v vectors, a reg.Register, b Op) vec { d := v.new(); VSUBPD(b, a, d); return d }
func mul(v vectors, a reg.Register, b Op) vec { d := v.new(); VMULPD(b, a, d); return d }
func div(v vectors, a reg.Register, b Op) vec { d := v.new(); VDIVPD(b, a, d); return d }

// smaller is a if a < b, else b; larger is a if a > b, else b.
func smaller(v vectors, a reg.Register, b Op) vec { d := v.new(); VMINPD(b, a, d); return d }
func larger(v vectors, a reg.Register, b Op) vec  { d := v.new(); VMAXPD(b, a, d); return d }

func load(v vectors, m Mem) vec                  { d := v.new(); VMOVUPD(m, d); return d }
func store(x reg.Register, m Mem)                { VMOVUPD(x, m) }
func addInt(v vectors, a reg.Register, b Op) vec { d := v.new(); VPADDQ(b, a, d); return d }

func shiftLeft(v vectors, a reg.Register, n uint8) vec {
	d := v.new()
	VPSLLQ(Imm(uint64(n)), a, d)
	return d
}

func shiftRight(v vectors, a reg.Register, n uint8) vec {
	d := v.new()
	VPSRLQ(Imm(uint64(n)), a, d)
	return d
}

func broadcast(v vectors, m Mem) vec { d := v.new(); VBROADCASTSD(m, d); return d }

func zero(v vectors) vec {
	d := v.new()
	VPXOR(d.AsX(), d.AsX(), d.AsX())
	return d
}

var (
	constants = map[uint64]Mem{}
	tables    = map[string]Mem{}
)

// bitsConst is a constant in memory, in all lanes.
func bitsConst(b uint64) Mem {
	if m, ok := constants[b]; ok {
		return m
	}
	m := GLOBL(fmt.Sprintf("const_%016x", b), attr.RODATA|attr.NOPTR)
	for i := range 8 {
		DATA(8*i, U64(b))
	}
	constants[b] = m
	return m
}

// table is a table of integers in memory.
func table(name string, entries []uint32) Mem {
	if m, ok := tables[name]; ok {
		return m
	}
	m := GLOBL(name, attr.RODATA|attr.NOPTR)
	for i, e := range entries {
		DATA(4*i, U32(e))
	}
	tables[name] = m
	return m
}

func konst(x float64) Mem { return bitsConst(math.Float64bits(x)) }

// function begins a routine. doc is the loop that it computes, and what it
// needs.
func function(v vectors, name, signature string, doc ...string) {
	TEXT(name+v.name(), attr.NOSPLIT, "func"+signature)
	Pragma("noescape")
	text := name + v.name() + " computes\n\n" + strings.Join(doc, "\n")
	Doc(strings.Split(text, "\n")...)
}

// multiple is a line of documentation.
func multiple(v vectors, length string) string {
	return fmt.Sprintf("\n%s is a multiple of %d.", length, v.lanes())
}

// end leaves the upper halves of the vector registers clean for SSE code.
func end() {
	VZEROUPPER()
	RET()
}

// gather returns base[i] for each base and the lanes of list, which holds
// indices of 32 bits. It loads lane by lane: with the instructions for this, the
// whole step takes a fifth longer on a Zen 5.
func gather(v vectors, list Mem, bases ...reg.GPVirtual) []vec {
	parts := make([][]vec, len(bases))
	for first := 0; first < v.lanes(); first += 4 {
		slots := slots(list, first)
		for b, base := range bases {
			parts[b] = append(parts[b], gatherFour(base, slots))
		}
	}
	gathered := make([]vec, len(bases))
	for b := range bases {
		gathered[b] = v.join(parts[b])
	}
	return gathered
}

// gatherSlots is gather for indices that are in registers.
func gatherSlots(v vectors, slots [][4]reg.GPVirtual, base reg.GPVirtual) vec {
	var parts []vec
	for _, four := range slots {
		parts = append(parts, gatherFour(base, four))
	}
	return v.join(parts)
}

func gatherFour(base reg.GPVirtual, slots [4]reg.GPVirtual) vec {
	low, high, both := XMM(), XMM(), YMM()
	VMOVSD(at(base, slots[0], 0), low)
	VMOVHPD(at(base, slots[1], 0), low, low)
	VMOVSD(at(base, slots[2], 0), high)
	VMOVHPD(at(base, slots[3], 0), high, high)
	VINSERTF128(Imm(1), high, low.AsY(), both)
	return both
}

// scatter stores the lanes of x to base[i] for the lanes i of list, in order, and
// does also with each i.
func scatter(v vectors, list Mem, base reg.GPVirtual, x vec, also ...func(i reg.GPVirtual)) {
	for first := 0; first < v.lanes(); first += 4 {
		slots := slots(list, first)
		scatterFour(v.part(x, first/4), base, slots)
		for _, do := range also {
			for _, i := range slots {
				do(i)
			}
		}
	}
}

// scatterSlots is scatter for indices that are in registers.
func scatterSlots(v vectors, slots [][4]reg.GPVirtual, base reg.GPVirtual, x vec) {
	for n, four := range slots {
		scatterFour(v.part(x, n), base, four)
	}
}

func scatterFour(x vec, base reg.GPVirtual, slots [4]reg.GPVirtual) {
	high := XMM()
	VMOVLPD(x.AsX(), at(base, slots[0], 0))
	VMOVHPD(x.AsX(), at(base, slots[1], 0))
	VEXTRACTF128(Imm(1), x.AsY(), high)
	VMOVLPD(high, at(base, slots[2], 0))
	VMOVHPD(high, at(base, slots[3], 0))
}

// allSlots loads the indices of all lanes of a list.
func allSlots(v vectors, list Mem) (all [][4]reg.GPVirtual) {
	for first := 0; first < v.lanes(); first += 4 {
		all = append(all, slots(list, first))
	}
	return all
}

// slots loads four indices of a list.
func slots(list Mem, first int) [4]reg.GPVirtual {
	var s [4]reg.GPVirtual
	for i := range s {
		s[i] = GP64()
		MOVLQSX(list.Offset(4*(first+i)), s[i])
	}
	return s
}

// loadWords loads a vector of any width.
func loadWords(m Mem, x vec) {
	if x.Size() == 64 {
		VMOVDQU32(m, x)
	} else {
		VMOVDQU(m, x)
	}
}

// result is the place of a result.
func result(n int) Mem {
	address, err := ReturnIndex(n).Resolve()
	if err != nil {
		panic(err)
	}
	return address.Addr
}

// pointer loads the address of the first element of a slice parameter.
func pointer(name string) reg.GPVirtual {
	return Load(Param(name).Base(), GP64()).(reg.GPVirtual)
}

// scalar is a parameter in all lanes.
func scalar(v vectors, name string) vec {
	address, err := Param(name).Resolve()
	if err != nil {
		panic(err)
	}
	return broadcast(v, address.Addr)
}

func length(name string) reg.GPVirtual {
	return Load(Param(name).Len(), GP64()).(reg.GPVirtual)
}

// at is base[i] for elements of 8 bytes, plus an offset in bytes.
func at(base, i reg.Register, offset int) Mem {
	return Mem{Base: base, Index: i, Scale: 8, Disp: offset}
}

// loop runs body for i = 0, step, 2·step, … below n, a multiple of step.
func loop(label string, n reg.GPVirtual, step int, body func(i reg.GPVirtual)) {
	i := GP64()
	XORQ(i, i)
	Label(label)
	CMPQ(i, n)
	JGE(LabelRef(label + "_end"))
	body(i)
	ADDQ(Imm(uint64(step)), i)
	JMP(LabelRef(label))
	Label(label + "_end")
}
