package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// stepAVX2 generates an update with four neurons in a vector. With sixteen
// registers the constants stay in memory.
func stepAVX2(m model, variant variant) {
	s := begin(m, variant, "AVX2")
	Label("group")
	mask := GP32()
	XORL(mask, mask)
	for part := range group / 4 {
		fires := s.advanceAVX2(part)
		if part > 0 {
			SHLL(Imm(uint64(4*part)), fires)
		}
		ORL(fires, mask)
	}
	s.fire(mask)
	s.next()
	s.end()
}

func (s *stepper) broadcast(offset int) reg.VecVirtual {
	y := YMM()
	VBROADCASTSD(s.field(offset), y)
	return y
}

// constant is a constant of four neurons.
func (s *stepper) constant(offset, part int) reg.VecVirtual {
	if s.own {
		return load256(Mem{Base: s.column(offset), Disp: 32 * part})
	}
	return s.broadcast(offset)
}

// times is a constant times x.
func (s *stepper) times(offset, part int, x reg.Register) reg.VecVirtual {
	d := s.constant(offset, part)
	VMULPD(x, d, d)
	return d
}

func add256(a reg.VecVirtual, b Op) reg.VecVirtual { VADDPD(b, a, a); return a }

func load256(m Mem) reg.VecVirtual { d := YMM(); VMOVUPD(m, d); return d }

func zero256() reg.VecVirtual { z := YMM(); VXORPD(z, z, z); return z }

// advanceAVX2 advances four neurons and returns the mask of those that fire.
func (s *stepper) advanceAVX2(part int) reg.GPVirtual {
	at := func(base reg.GPVirtual) Mem { return Mem{Base: base, Disp: 32 * part} }
	left := Mem{Base: s.refract, Disp: 8 * part}
	steps, free := XMM(), YMM()
	VMOVQ(left, steps)
	VPMOVZXWQ(steps, free)
	VPCMPEQQ(zero256(), free, free)
	VPSUBUSW(broadcastConstant(0x0001000100010001), steps, steps)
	VMOVQ(steps, left)

	v := load256(at(s.v))
	next := s.times(argDecay, part, v)
	switch s.model {
	case delta:
		next = add256(add256(next, s.constant(argDrive, part)), s.driven256(load256(at(s.arrived)), part))
		VMOVUPD(zero256(), at(s.arrived))
	case alpha:
		next = s.alphaAVX2(next, s.iEx, s.dEx, argEx, argExDecay, argExSlope, part, true)
		next = s.alphaAVX2(next, s.iIn, s.dIn, argIn, argInDecay, argInSlope, part, false)
		next = add256(next, s.constant(argDrive, part))
	default:
		i := load256(at(s.iEx))
		next = add256(next, s.times(argEx, part, i))
		VMOVUPD(s.driven256(s.times(argExDecay, part, i), part), at(s.iEx))
		if s.model == twoCurrents {
			i := load256(at(s.iIn))
			next = add256(next, s.times(argIn, part, i))
			VMOVUPD(s.times(argInDecay, part, i), at(s.iIn))
		}
		next = add256(next, s.constant(argDrive, part))
	}
	VBLENDVPD(free, next, v, v)
	fires, mask := YMM(), GP32()
	VCMPPD(Imm(0x1d), s.constant(argVTh, part), v, fires) // ≥, false for NaN
	VBLENDVPD(fires, s.constant(argReset, part), v, v)
	VMOVUPD(v, at(s.v))
	VMOVMSKPD(fires, mask)
	return mask.(reg.GPVirtual)
}

// driven256 adds Poisson spikes to what they reach.
func (s *stepper) driven256(x reg.VecVirtual, part int) reg.VecVirtual {
	if !s.driven {
		return x
	}
	counts, spikes := XMM(), YMM()
	VPMOVZXWD(Mem{Base: s.counts, Disp: 8 * part}, counts)
	VCVTDQ2PD(counts, spikes)
	VMULPD(spikes, s.broadcast(argWeight), spikes)
	return add256(x, spikes)
}

// alphaAVX2 advances a current and its slope, and adds to the voltage what the
// current does. onto and decay are the fields of their names; rise follows slope.
func (s *stepper) alphaAVX2(v reg.VecVirtual, i, d reg.GPVirtual, onto, decay, slope, part int, excitation bool) reg.VecVirtual {
	at := func(base reg.GPVirtual) Mem { return Mem{Base: base, Disp: 32 * part} }
	current, rise := load256(at(i)), load256(at(d))
	v = add256(add256(v, s.times(onto, part, current)), s.times(slope, part, rise))
	VMOVUPD(add256(s.times(decay, part, current), s.times(slope+8, part, rise)), at(i))
	rise = s.times(decay, part, rise)
	if excitation {
		rise = s.driven256(rise, part)
	}
	VMOVUPD(rise, at(d))
	return v
}
