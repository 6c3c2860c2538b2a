package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// stepAVX512 generates an update with eight neurons in a vector. It needs F, BW,
// DQ and VL.
func stepAVX512(m model, variant variant) {
	s := begin(m, variant, "AVX512")
	c := newConstants512(s)
	Label("group")
	free := s.wait512(c)
	masks := make([]reg.Register, group/8)
	for part := range masks {
		if s.own {
			c.take(s, func(offset int) reg.VecVirtual { return load512(Mem{Base: s.column(offset), Disp: 64 * part}) })
		}
		of := free
		if part > 0 {
			of = K()
			KSHIFTRD(Imm(uint64(8*part)), free, of)
		}
		masks[part] = s.advance512(c, of, part)
	}
	KUNPCKBW(masks[0], masks[1], masks[0])
	KUNPCKBW(masks[2], masks[3], masks[2])
	KUNPCKWD(masks[0], masks[2], masks[0])
	mask := GP32()
	KMOVD(masks[0], mask)
	s.fire(mask.(reg.GPVirtual))
	s.next()
	s.end()
}

// wait512 counts the refractory periods of a group down and returns the neurons
// that are in none.
func (s *stepper) wait512(c *constants512) (free reg.Register) {
	free = K()
	left := ZMM()
	VMOVDQU16(Mem{Base: s.refract}, left)
	VPTESTNMW(left, left, free)
	VPSUBUSW(c.one, left, left)
	VMOVDQU16(left, Mem{Base: s.refract})
	return free
}

type constants512 struct {
	decay, drive, ex, exDecay, in, inDecay, vTh, reset, weight reg.VecVirtual
	exAlpha, inAlpha                                           [2]reg.VecVirtual
	zero, one                                                  reg.VecVirtual
}

func newConstants512(s *stepper) *constants512 {
	c := &constants512{one: all512(0x0001_0001_0001_0001)}
	if s.driven {
		c.weight = s.broadcast512(argWeight)
	}
	if s.model == delta {
		c.zero = ZMM()
		VPXORQ(c.zero, c.zero, c.zero)
	}
	if !s.own {
		c.take(s, s.broadcast512)
	}
	return c
}

func (s *stepper) broadcast512(offset int) reg.VecVirtual {
	z := ZMM()
	VBROADCASTSD(s.field(offset), z)
	return z
}

// take loads the constants of neurons.
func (c *constants512) take(s *stepper, get func(offset int) reg.VecVirtual) {
	c.decay, c.drive, c.vTh, c.reset = get(argDecay), get(argDrive), get(argVTh), get(argReset)
	if s.model != delta {
		c.ex, c.exDecay = get(argEx), get(argExDecay)
	}
	if s.receptors() == 2 {
		c.in, c.inDecay = get(argIn), get(argInDecay)
	}
	if s.model == alpha {
		for k := range 2 { // slope, rise
			c.exAlpha[k], c.inAlpha[k] = get(argExSlope+8*k), get(argInSlope+8*k)
		}
	}
}

func mul512(a, b reg.Register) reg.VecVirtual { d := ZMM(); VMULPD(a, b, d); return d }
func add512(a reg.Register, b Op) reg.VecVirtual {
	d := ZMM()
	VADDPD(b, a, d)
	return d
}

func load512(m Mem) reg.VecVirtual { d := ZMM(); VMOVUPD(m, d); return d }

// advance512 advances eight neurons, of which some are free of a refractory period,
// and returns the mask of those that fire.
func (s *stepper) advance512(c *constants512, free reg.Register, part int) reg.Register {
	at := func(base reg.GPVirtual) Mem { return Mem{Base: base, Disp: 64 * part} }
	v := load512(at(s.v))
	next := mul512(c.decay, v)
	switch s.model {
	case delta:
		next = add512(add512(next, c.drive), s.driven512(c, load512(at(s.arrived)), part))
		VMOVUPD(c.zero, at(s.arrived))
	case alpha:
		next = s.alpha512(c, next, s.iEx, s.dEx, c.ex, c.exDecay, c.exAlpha, part, true)
		next = s.alpha512(c, next, s.iIn, s.dIn, c.in, c.inDecay, c.inAlpha, part, false)
		next = add512(next, c.drive)
	default:
		i := load512(at(s.iEx))
		next = add512(next, mul512(c.ex, i))
		VMOVUPD(s.driven512(c, mul512(c.exDecay, i), part), at(s.iEx))
		if s.model == twoCurrents {
			i := load512(at(s.iIn))
			next = add512(next, mul512(c.in, i))
			VMOVUPD(mul512(c.inDecay, i), at(s.iIn))
		}
		next = add512(next, c.drive)
	}
	VMOVAPD(next, free, v)
	fires := K()
	VCMPPD(Imm(0x1d), c.vTh, v, fires) // ≥, false for NaN
	VMOVAPD(c.reset, fires, v)
	VMOVUPD(v, at(s.v))
	return fires
}

// driven512 adds Poisson spikes to what they reach.
func (s *stepper) driven512(c *constants512, x reg.VecVirtual, part int) reg.VecVirtual {
	if !s.driven {
		return x
	}
	counts, spikes := ZMM(), ZMM()
	VPMOVZXWQ(Mem{Base: s.counts, Disp: 16 * part}, counts)
	VCVTQQ2PD(counts, spikes)
	return add512(x, mul512(c.weight, spikes))
}

// alpha512 advances a current and its slope, and adds to the voltage what the
// current does. more is slope and rise.
func (s *stepper) alpha512(c *constants512, v reg.VecVirtual, i, d reg.GPVirtual, onto, decay reg.VecVirtual, more [2]reg.VecVirtual, part int, excitation bool) reg.VecVirtual {
	at := func(base reg.GPVirtual) Mem { return Mem{Base: base, Disp: 64 * part} }
	current, rise := load512(at(i)), load512(at(d))
	v = add512(add512(v, mul512(onto, current)), mul512(more[0], rise))
	VMOVUPD(add512(mul512(decay, current), mul512(more[1], rise)), at(i))
	rise = mul512(decay, rise)
	if excitation {
		rise = s.driven512(c, rise, part)
	}
	VMOVUPD(rise, at(d))
	return v
}
