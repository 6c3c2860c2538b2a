package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

type avx512 struct{}

func (avx512) name() string               { return "AVX512" }
func (avx512) lanes() int                 { return 8 }
func (avx512) registers() int             { return 32 }
func (avx512) new() reg.VecVirtual        { return ZMM() }
func (avx512) newIndices() reg.VecVirtual { return YMM() }

func (avx512) compare(relation uint8, a reg.Register, b Op) reg.Register {
	k := K()
	VCMPPD(Imm(uint64(relation)), b, a, k)
	return k
}

func (avx512) and(m, n reg.Register) reg.Register {
	k := K()
	KANDB(m, n, k)
	return k
}

func (avx512) without(m, n reg.Register) reg.Register {
	k := K()
	KANDNB(m, n, k)
	return k
}

func (avx512) addWhere(m, a, b reg.Register) vec {
	VADDPD(b, a, m, a)
	return a.(vec)
}

func (avx512) largerUnless(m, a, b reg.Register) vec {
	others := K()
	KNOTB(m, others)
	VMAXPD(b, a, others, b)
	return b.(vec)
}

func (v avx512) choose(m reg.Register, yes, no reg.Register) vec {
	d := v.new()
	VBLENDMPD(yes, no, m, d)
	return d
}

func (v avx512) bits(x reg.Register, y Op) vec { d := v.new(); VPANDQ(y, x, d); return d }
func (v avx512) flip(x reg.Register, y Op) vec { d := v.new(); VPXORQ(y, x, d); return d }
func (v avx512) or(x reg.Register, y Op) vec   { d := v.new(); VPORQ(y, x, d); return d }

func (avx512) mask(m reg.Register) reg.GPVirtual {
	bits := GP32()
	KMOVB(m, bits)
	return bits
}

func (v avx512) round(x reg.Register, mode uint64) vec {
	d := v.new()
	VRNDSCALEPD(Imm(mode), x, d)
	return d
}

func (v avx512) join(parts []vec) vec {
	d := v.new()
	VINSERTF64X4(Imm(1), parts[1], parts[0].AsZ(), d)
	return d
}

func (avx512) part(x vec, n int) vec {
	if n == 0 {
		return x.AsY().(vec)
	}
	d := YMM()
	VEXTRACTF64X4(Imm(1), x, d)
	return d
}

func (v avx512) compress(m, indices reg.Register, base, n reg.GPVirtual) {
	d := v.newIndices()
	VPCOMPRESSD_Z(indices, m, d)
	VMOVDQU(d, Mem{Base: base, Index: n, Scale: 4})
	count := GP32()
	KMOVB(m, count)
	POPCNTL(count, count)
	ADDQ(count.As64(), n)
}

func (avx512) orWhere(m, x, y reg.Register) { VPORQ(y, x, m, x) }

func (v avx512) scaled(x []vec, y Mem) (products []vec) {
	for _, x := range x {
		product := v.new()
		VMULPD_BCST(y, x, product)
		products = append(products, product)
	}
	return products
}

func (v avx512) compressValues(m reg.Register, x reg.Register, base, n reg.GPVirtual) {
	d := v.new()
	VCOMPRESSPD_Z(x, m, d)
	VMOVUPD(d, at(base, n, 0))
}

func (avx512) firstHalf(indices vec) vec { return indices.AsY().(vec) }

func (v avx512) compressTwo(m0, m1, indices reg.Register, base, n reg.GPVirtual) {
	both, d, bits := K(), v.new(), GP32()
	KUNPCKBW(m0, m1, both)
	VPCOMPRESSD_Z(indices, both, d)
	VMOVDQU32(d, Mem{Base: base, Index: n, Scale: 4})
	KMOVW(both, bits)
	POPCNTL(bits, bits)
	ADDQ(bits.As64(), n)
}

func (avx512) jumpIfNone(m, n reg.Register, label string) {
	KORTESTB(m, n)
	JZ(LabelRef(label))
}
