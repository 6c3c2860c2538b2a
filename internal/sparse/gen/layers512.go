package main

import (
	"github.com/mmcloughlin/avo/attr"
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// lanes512 searches with eight lanes in a vector. It needs F, DQ and VL.
type lanes512 struct{ counted reg.Register }

func (*lanes512) name() string { return "AVX512" }

func (*lanes512) constant(m Mem) lanesOf {
	z := ZMM()
	VPBROADCASTQ(m, z)
	return func() reg.VecVirtual { return z }
}

func (l *lanes512) begin() {
	l.counted = K()
	all := GP32()
	MOVL(U32(255), all)
	KMOVB(all, l.counted)
}

func (l *lanes512) valid(n reg.GPVirtual) {
	all := GP32()
	MOVL(U32(255), all)
	BZHIL(n.As32(), all, all)
	KMOVB(all, l.counted)
}

func (l *lanes512) heads(s *searcher, targets, heads reg.GPVirtual) (steps, traces []reg.VecVirtual) {
	var both [2]reg.VecVirtual
	for odd := range both {
		both[odd] = ZMM()
		for pair := range 4 {
			head := Mem{Base: heads, Index: s.target(targets, 2*pair+odd), Scale: 8}
			if pair == 0 {
				VMOVDQU(head, both[odd].AsX())
			} else {
				VINSERTI64X2(Imm(uint64(pair)), head, both[odd], both[odd])
			}
		}
	}
	step, trace := ZMM(), ZMM()
	VPUNPCKLQDQ(both[1], both[0], step)
	VPUNPCKHQDQ(both[1], both[0], trace)
	return []reg.VecVirtual{step}, []reg.VecVirtual{trace}
}

func (l *lanes512) steps(s *searcher, from, steps reg.GPVirtual) []reg.VecVirtual {
	all := ZMM()
	for pair := range 4 {
		two := XMM()
		for lane := range 2 {
			neuron := GP64()
			MOVL(Mem{Base: from, Index: s.i, Scale: 4, Disp: layerNeuron + 8*pair + 4*lane}, neuron.As32())
			step := Mem{Base: steps, Index: neuron, Scale: 8}
			if lane == 0 {
				VMOVQ(step, two)
			} else {
				VPINSRQ(Imm(1), step, two, two)
			}
		}
		if pair == 0 {
			VMOVDQA(two, all.AsX())
		} else {
			VINSERTI64X2(Imm(uint64(pair)), two, all, all)
		}
	}
	return []reg.VecVirtual{all}
}

func (*lanes512) neurons(_ *searcher, targets Mem, base reg.VecVirtual) []reg.VecVirtual {
	neurons := YMM()
	VPMOVZXWD(targets, neurons)
	VPSUBD(base.AsY(), neurons, neurons)
	return []reg.VecVirtual{neurons}
}

func (*lanes512) neuronsOf(m Mem) []reg.VecVirtual {
	neurons := YMM()
	VMOVDQU(m, neurons)
	return []reg.VecVirtual{neurons}
}

func (*lanes512) newSeen() reg.Register {
	k := K()
	KXORW(k, k, k)
	return k
}

func (l *lanes512) note(steps []reg.VecVirtual, limit lanesOf, seen reg.Register, to *Mem) {
	k := K()
	VPCMPGTQ(limit(), steps[0], l.counted, k)
	KORW(k, seen, seen)
	if to != nil {
		KMOVB(k, *to)
	}
}

func (*lanes512) storeSeen(seen reg.Register, to Mem) {
	r := GP32()
	KMOVB(seen, r)
	MOVQ(r.As64(), to)
}

func (l *lanes512) keep(s *searcher, steps []reg.VecVirtual, after, source lanesOf, weights Mem, neurons []reg.VecVirtual) {
	k, count := K(), GP32()
	VPCMPGTQ(after(), steps[0], l.counted, k)
	KMOVB(k, count)
	MOVB(count.As8(), Mem{Base: s.layer, Index: s.eighth, Scale: 1, Disp: layerWithin})
	gap, w, number := l.subtract(steps[0], source()), ZMM(), YMM()
	VPCOMPRESSQ_Z(gap, k, gap)
	VMOVDQU64(gap, Mem{Base: s.layer, Index: s.found, Scale: 8, Disp: layerGap})
	VMOVUPD(weights, w)
	VCOMPRESSPD_Z(w, k, w)
	VMOVUPD(w, Mem{Base: s.layer, Index: s.found, Scale: 8, Disp: layerWeight})
	VPCOMPRESSD_Z(neurons[0], k, number)
	VMOVDQU(number, Mem{Base: s.layer, Index: s.found, Scale: 4, Disp: layerNeuron})
	POPCNTL(count, count)
	ADDQ(count.As64(), s.found)
}

func (*lanes512) subtract(a, b reg.VecVirtual) reg.VecVirtual {
	d := ZMM()
	VPSUBQ(b, a, d)
	return d
}

func (*lanes512) store(parts []reg.VecVirtual, m Mem) { VMOVDQU64(parts[0], m) }

// expand512 generates the way of a layer's weights to where they come from.
func expand512() {
	TEXT("expandAVX512", attr.NOSPLIT, "func(layer *int64, weights *float64, n int)")
	Pragma("noescape")
	Doc("expandAVX512 computes layer.expandPortable; layer points to the first", "field. It may read and write up to 7 elements more.")
	layer, weights, n := load("layer"), load("weights"), load("n")
	from, eighth, bits := GP64(), GP64(), GP32()
	LEAQ(Mem{Base: layer, Disp: layerWeight}, from)
	XORQ(eighth, eighth)
	JMP(LabelRef("check"))
	Label("next")
	MOVBLZX(Mem{Base: layer, Index: eighth, Scale: 1, Disp: layerWithin}, bits)
	k, to, w := K(), ZMM(), ZMM()
	KMOVB(bits, k)
	VMOVUPD(Mem{Base: weights}, to)
	VMOVUPD(Mem{Base: from}, w)
	VEXPANDPD(w, k, to)
	VMOVUPD(to, Mem{Base: weights})
	POPCNTL(bits, bits)
	LEAQ(Mem{Base: from, Index: bits.As64(), Scale: 8}, from)
	ADDQ(Imm(64), weights)
	INCQ(eighth)
	SUBQ(Imm(8), n)
	Label("check")
	CMPQ(n, Imm(0))
	JGT(LabelRef("next"))
	VZEROUPPER()
	RET()
}
