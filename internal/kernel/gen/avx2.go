package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

type avx2 struct{}

func (avx2) name() string               { return "AVX2" }
func (avx2) lanes() int                 { return 4 }
func (avx2) registers() int             { return 16 }
func (avx2) new() reg.VecVirtual        { return YMM() }
func (avx2) newIndices() reg.VecVirtual { return XMM() }

func (v avx2) compare(relation uint8, a reg.Register, b Op) reg.Register {
	d := v.new()
	VCMPPD(Imm(uint64(relation)), b, a, d)
	return d
}

func (v avx2) and(m, n reg.Register) reg.Register { return v.bits(m, n) }

func (v avx2) without(m, n reg.Register) reg.Register {
	d := v.new()
	VPANDN(m, n, d)
	return d
}

func (v avx2) addWhere(m, a, b reg.Register) vec     { return v.choose(m, add(v, a, b), a) }
func (v avx2) largerUnless(m, a, b reg.Register) vec { return v.choose(m, b, larger(v, a, b)) }

func (v avx2) choose(m reg.Register, yes, no reg.Register) vec {
	d := v.new()
	VBLENDVPD(m, yes, no, d)
	return d
}

func (v avx2) bits(x reg.Register, y Op) vec { d := v.new(); VPAND(y, x, d); return d }
func (v avx2) flip(x reg.Register, y Op) vec { d := v.new(); VPXOR(y, x, d); return d }
func (v avx2) or(x reg.Register, y Op) vec   { d := v.new(); VPOR(y, x, d); return d }

func (avx2) mask(m reg.Register) reg.GPVirtual {
	bits := GP32()
	VMOVMSKPD(m, bits)
	return bits
}

func (v avx2) round(x reg.Register, mode uint64) vec {
	d := v.new()
	VROUNDPD(Imm(mode), x, d)
	return d
}

func (v avx2) orWhere(m, x, y reg.Register) { VPOR(v.bits(m, y), x, x) }

func (v avx2) scaled(x []vec, y Mem) (products []vec) {
	factor := broadcast(v, y)
	for _, x := range x {
		products = append(products, mul(v, factor, x))
	}
	return products
}

func (avx2) join(parts []vec) vec  { return parts[0] }
func (avx2) part(x vec, _ int) vec { return x }

// permutations holds, for each of the 16 masks of four lanes, the control of
// VPERMILPS that moves the selected lanes to the front.
func permutations() Mem {
	var entries []uint32
	for mask := range 16 {
		n := 0
		for lane := range uint32(4) {
			if mask>>lane&1 == 1 {
				entries = append(entries, lane)
				n++
			}
		}
		entries = append(entries, make([]uint32, 4-n)...)
	}
	return table("permutations32", entries)
}

func (avx2) firstHalf(indices vec) vec { return indices.AsX().(vec) }

func (v avx2) compressTwo(m0, m1, indices reg.Register, base, n reg.GPVirtual) {
	second := XMM()
	VEXTRACTI128(Imm(1), indices, second)
	v.compress(m0, v.firstHalf(indices.(vec)), base, n)
	v.compress(m1, second, base, n)
}

func (v avx2) jumpIfNone(m, n reg.Register, label string) {
	bits := v.mask(v.or(m, n))
	TESTL(bits, bits)
	JZ(LabelRef(label))
}

// permutations64 holds, for each of the 16 masks of four lanes, the control of
// VPERMPS that moves the selected lanes, of two words each, to the front.
func permutations64() Mem {
	var entries []uint32
	for mask := range 16 {
		n := 0
		for lane := range uint32(4) {
			if mask>>lane&1 == 1 {
				entries = append(entries, 2*lane, 2*lane+1)
				n++
			}
		}
		entries = append(entries, make([]uint32, 2*(4-n))...)
	}
	return table("permutations64", entries)
}

func (v avx2) compressValues(m reg.Register, x reg.Register, base, n reg.GPVirtual) {
	entry, table, d := GP64(), GP64(), v.new()
	LEAQ(permutations64(), table)
	VMOVMSKPD(m, entry.As32())
	SHLQ(Imm(5), entry)
	VMOVDQU(Mem{Base: table, Index: entry, Scale: 1}, d)
	VPERMPS(x, d, d)
	VMOVUPD(d, at(base, n, 0))
}

func (avx2) compress(m, indices reg.Register, base, n reg.GPVirtual) {
	mask, entry, table, d := GP32(), GP64(), GP64(), XMM()
	LEAQ(permutations(), table)
	VMOVMSKPD(m, mask)
	MOVL(mask, entry.As32())
	SHLQ(Imm(4), entry)
	VMOVDQU(Mem{Base: table, Index: entry, Scale: 1}, d)
	VPERMILPS(d, indices, d)
	VMOVDQU(d, Mem{Base: base, Index: n, Scale: 4})
	POPCNTL(mask, mask)
	ADDQ(mask.As64(), n)
}
