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
	new() reg.VecVirtual
	newIndices() reg.VecVirtual // of 32 bits, one for each lane

	compare(relation uint8, a reg.Register, b Op) reg.Register
	and(m, n reg.Register) reg.Register                      // of masks
	choose(m reg.Register, yes, no reg.Register) vec         // by lane
	bits(x reg.Register, y Op) vec                           // x & y
	flip(x reg.Register, y Op) vec                           // x ^ y
	or(x reg.Register, y Op) vec                             // x | y
	gather(base, indices reg.Register) vec                   // base[indices]
	scatter(x vec, base, indices reg.Register, list Mem)     // base[indices] = x; list holds the indices
	compress(m, indices reg.Register, base, n reg.GPVirtual) // append the indices selected by m to base[n:], advance n
	values(m, x reg.Register, base, n reg.GPVirtual)         // the same for the elements of x; leave n
}

type vec = reg.VecVirtual

// Relations of VCMPPD, quiet: false for NaN, but for notAtMost.
const (
	equal     = 0x00
	less      = 0x11
	atMost    = 0x12
	notAtMost = 0x16
	greater   = 0x1e
)

func bytes(v vectors) int { return 8 * v.lanes() }

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

// pointer loads the address of the first element of a slice parameter.
func pointer(name string) reg.GPVirtual {
	return Load(Param(name).Base(), GP64()).(reg.GPVirtual)
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
