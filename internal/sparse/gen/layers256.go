package main

import (
	"math/bits"

	"github.com/mmcloughlin/avo/attr"
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// lanes256 searches with two vectors of four lanes.
type lanes256 struct{ counted [2]reg.VecVirtual }

func (*lanes256) name() string { return "AVX2" }

// constant loads the value where it is needed: there are sixteen registers.
func (*lanes256) constant(m Mem) lanesOf {
	return func() reg.VecVirtual {
		y := YMM()
		VPBROADCASTQ(m, y)
		return y
	}
}

func (l *lanes256) begin() {
	for i := range l.counted {
		l.counted[i] = YMM()
		VPCMPEQQ(l.counted[i], l.counted[i], l.counted[i])
	}
}

func (l *lanes256) valid(n reg.GPVirtual) {
	table, skip := GP64(), GP64()
	LEAQ(wordsTable("firstLanes", append(repeat(^uint32(0), 16), repeat(0, 16)...)), table)
	MOVQ(U32(8), skip)
	SUBQ(n, skip)
	for i := range l.counted {
		VMOVDQU(Mem{Base: table, Index: skip, Scale: 8, Disp: 32 * i}, l.counted[i])
	}
}

func repeat(x uint32, n int) []uint32 {
	list := make([]uint32, n)
	for i := range list {
		list[i] = x
	}
	return list
}

// count replaces steps that do not count.
func (l *lanes256) count(steps []reg.VecVirtual) {
	none := l.constant(broadcastConstant(never))()
	for i, x := range steps {
		VBLENDVPD(l.counted[i], x, none, x)
	}
}

func (l *lanes256) heads(s *searcher, targets, heads reg.GPVirtual) (steps, traces []reg.VecVirtual) {
	for half := range 2 {
		var both [2]reg.VecVirtual
		for odd := range both {
			both[odd] = YMM()
			at := func(pair int) Mem {
				return Mem{Base: heads, Index: s.target(targets, 4*half+2*pair+odd), Scale: 8}
			}
			VMOVDQU(at(0), both[odd].AsX())
			VINSERTI128(Imm(1), at(1), both[odd], both[odd])
		}
		step, trace := YMM(), YMM()
		VPUNPCKLQDQ(both[1], both[0], step)
		VPUNPCKHQDQ(both[1], both[0], trace)
		steps, traces = append(steps, step), append(traces, trace)
	}
	l.count(steps)
	return steps, traces
}

func (l *lanes256) steps(s *searcher, from, list reg.GPVirtual) (steps []reg.VecVirtual) {
	for half := range 2 {
		var pairs [2]reg.VecVirtual
		for p := range pairs {
			pairs[p] = XMM()
			for lane := range 2 {
				neuron := GP64()
				MOVL(Mem{Base: from, Index: s.i, Scale: 4, Disp: layerNeuron + 16*half + 8*p + 4*lane}, neuron.As32())
				step := Mem{Base: list, Index: neuron, Scale: 8}
				if lane == 0 {
					VMOVQ(step, pairs[p])
				} else {
					VPINSRQ(Imm(1), step, pairs[p], pairs[p])
				}
			}
		}
		four := YMM()
		VINSERTI128(Imm(1), pairs[1], pairs[0].AsY(), four)
		steps = append(steps, four)
	}
	l.count(steps)
	return steps
}

func (*lanes256) neurons(_ *searcher, targets Mem, base reg.VecVirtual) (neurons []reg.VecVirtual) {
	for half := range 2 {
		x := XMM()
		VPMOVZXWD(targets.Offset(8*half), x)
		VPSUBD(base, x, x)
		neurons = append(neurons, x)
	}
	return neurons
}

func (*lanes256) neuronsOf(m Mem) (neurons []reg.VecVirtual) {
	for half := range 2 {
		x := XMM()
		VMOVDQU(m.Offset(16*half), x)
		neurons = append(neurons, x)
	}
	return neurons
}

func (*lanes256) newSeen() reg.Register { return zero256() }

func (*lanes256) note(steps []reg.VecVirtual, limit lanesOf, seen reg.Register, to *Mem) {
	var masks [2]reg.VecVirtual
	most := limit()
	for i, x := range steps {
		masks[i] = YMM()
		VPCMPGTQ(most, x, masks[i])
		VPOR(masks[i], seen, seen)
	}
	if to != nil {
		low, high := GP32(), GP32()
		VMOVMSKPD(masks[0], low)
		VMOVMSKPD(masks[1], high)
		SHLL(Imm(4), high)
		ORL(high, low)
		MOVB(low.As8(), *to)
	}
}

func (*lanes256) storeSeen(seen reg.Register, to Mem) {
	r := GP32()
	VMOVMSKPD(seen, r)
	MOVQ(r.As64(), to)
}

func (l *lanes256) keep(s *searcher, steps []reg.VecVirtual, after, source lanesOf, weights Mem, neurons []reg.VecVirtual) {
	var masks [2]reg.VecVirtual
	least, origin := after(), source()
	for i, x := range steps {
		masks[i] = YMM()
		VPCMPGTQ(least, x, masks[i])
	}
	for half, x := range steps {
		mask, entry, table := GP32(), GP64(), GP64()
		VMOVMSKPD(masks[half], mask)
		wide, narrow := YMM(), XMM()
		LEAQ(compressions(true), table)
		MOVL(mask, entry.As32())
		SHLQ(Imm(5), entry)
		VMOVDQU(Mem{Base: table, Index: entry, Scale: 1}, wide)
		gap, w := l.subtract(x, origin), YMM()
		VPERMD(gap, wide, gap)
		VMOVDQU(gap, Mem{Base: s.layer, Index: s.found, Scale: 8, Disp: layerGap})
		VPERMD(weights.Offset(32*half), wide, w)
		VMOVDQU(w, Mem{Base: s.layer, Index: s.found, Scale: 8, Disp: layerWeight})
		LEAQ(compressions(false), table)
		SHRQ(Imm(1), entry)
		VMOVDQU(Mem{Base: table, Index: entry, Scale: 1}, narrow)
		VPERMILPS(narrow, neurons[half], narrow)
		VMOVDQU(narrow, Mem{Base: s.layer, Index: s.found, Scale: 4, Disp: layerNeuron})
		within := Mem{Base: s.layer, Index: s.eighth, Scale: 1, Disp: layerWithin}
		MOVL(mask, entry.As32())
		if half == 0 {
			MOVB(entry.As8(), within)
		} else {
			SHLL(Imm(4), entry.As32())
			ORB(entry.As8(), within)
		}
		POPCNTL(mask, mask)
		ADDQ(mask.As64(), s.found)
	}
}

func (*lanes256) subtract(a, b reg.VecVirtual) reg.VecVirtual {
	d := YMM()
	VPSUBQ(b, a, d)
	return d
}

func (*lanes256) store(parts []reg.VecVirtual, m Mem) {
	for i, x := range parts {
		VMOVDQU(x, m.Offset(32*i))
	}
}

// compressions holds, for each of the 16 masks of four lanes, the permutation
// that moves the selected lanes to the front; wide ones are of lanes of 64 bits, in
// halves.
func compressions(wide bool) Mem {
	var narrow, double []uint32
	for mask := range 16 {
		n := 0
		for lane := range uint32(4) {
			if mask>>lane&1 == 1 {
				narrow, double = append(narrow, lane), append(double, 2*lane, 2*lane+1)
				n++
			}
		}
		narrow, double = append(narrow, make([]uint32, 4-n)...), append(double, make([]uint32, 8-2*n)...)
	}
	if wide {
		return wordsTable("compressions64", double)
	}
	return wordsTable("compressions32", narrow)
}

// expansions holds, for each of the 16 masks, the permutation that moves the first
// lanes to the selected ones, and selections the lanes that are selected.
func expansions() Mem {
	var list []uint32
	for mask := range 16 {
		for lane := range 4 {
			from := uint32(bits.OnesCount(uint(mask & (1<<lane - 1))))
			list = append(list, 2*from, 2*from+1)
		}
	}
	return wordsTable("expansions", list)
}

func selections() Mem {
	var list []uint32
	for mask := range 16 {
		for lane := range 4 {
			x := -uint32(mask >> lane & 1)
			list = append(list, x, x)
		}
	}
	return wordsTable("selections", list)
}

// expandAVX2 generates the way of a layer's weights to where they come from.
func expand256() {
	TEXT("expandAVX2", attr.NOSPLIT, "func(layer *int64, weights *float64, n int)")
	Pragma("noescape")
	Doc("expandAVX2 computes layer.expandPortable; layer points to the first", "field. It may read and write up to 7 elements more.")
	layer, weights, n := load("layer"), load("weights"), load("n")
	from, eighth, moves, chosen := GP64(), GP64(), GP64(), GP64()
	LEAQ(Mem{Base: layer, Disp: layerWeight}, from)
	LEAQ(expansions(), moves)
	LEAQ(selections(), chosen)
	XORQ(eighth, eighth)
	JMP(LabelRef("check"))
	Label("next")
	for half := range 2 {
		mask, entry := GP32(), GP64()
		MOVBLZX(Mem{Base: layer, Index: eighth, Scale: 1, Disp: layerWithin}, mask)
		if half == 0 {
			ANDL(Imm(15), mask)
		} else {
			SHRL(Imm(4), mask)
		}
		MOVL(mask, entry.As32())
		SHLQ(Imm(5), entry)
		to, w, move, choice := YMM(), YMM(), YMM(), YMM()
		VMOVUPD(Mem{Base: weights, Disp: 32 * half}, to)
		VMOVDQU(Mem{Base: moves, Index: entry, Scale: 1}, move)
		VMOVUPD(Mem{Base: chosen, Index: entry, Scale: 1}, choice)
		VPERMD(Mem{Base: from}, move, w)
		VBLENDVPD(choice, w, to, to)
		VMOVUPD(to, Mem{Base: weights, Disp: 32 * half})
		POPCNTL(mask, mask)
		LEAQ(Mem{Base: from, Index: mask.As64(), Scale: 8}, from)
	}
	ADDQ(Imm(64), weights)
	INCQ(eighth)
	SUBQ(Imm(8), n)
	Label("check")
	CMPQ(n, Imm(0))
	JGT(LabelRef("next"))
	VZEROUPPER()
	RET()
}

// wordsTable is a table of 32-bit words in memory.
func wordsTable(name string, words []uint32) Mem {
	quads := make([]uint64, len(words)/2)
	for i := range quads {
		quads[i] = uint64(words[2*i]) | uint64(words[2*i+1])<<32
	}
	return constant(name, quads)
}
