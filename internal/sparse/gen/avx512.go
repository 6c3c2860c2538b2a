package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// stepAVX512 generates an update with eight neurons in a vector. It needs F, DQ
// and VL.
func stepAVX512(m model, own bool) {
	s := begin(m, own, "AVX512")
	c := newConstants512(s)
	Label("group")
	masks := make([]reg.Register, 4)
	for part := range masks {
		if own {
			c.take(s, func(offset int) reg.VecVirtual { return load512(Mem{Base: s.column(offset), Disp: 64 * part}) })
		}
		masks[part] = s.advance512(c, part)
	}
	low, high := GP32(), GP32()
	KUNPCKBW(masks[0], masks[1], masks[0])
	KUNPCKBW(masks[2], masks[3], masks[2])
	KMOVW(masks[0], low)
	KMOVW(masks[2], high)
	SHLL(Imm(16), high)
	ORL(high, low)
	s.fire(low.(reg.GPVirtual))
	s.next()
	s.end()
}

type constants512 struct {
	decay, drive, ex, exDecay, in, inDecay, vTh, reset, weight, zero reg.VecVirtual
	one                                                              reg.VecVirtual
	exAlpha, inAlpha                                                 [3]reg.VecVirtual
}

func newConstants512(s *stepper) *constants512 {
	c := &constants512{zero: ZMM(), one: YMM(), weight: s.broadcast512(argWeight)}
	VPXORQ(c.zero, c.zero, c.zero)
	VMOVDQU64(broadcastConstant(1<<32|1), c.one)
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
		for k := range 3 { // slope, rise, kick
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

// advance512 advances eight neurons and returns the mask of those that fire.
func (s *stepper) advance512(c *constants512, part int) reg.Register {
	at := func(base reg.GPVirtual) Mem { return Mem{Base: base, Disp: 64 * part} }
	left := Mem{Base: s.refract, Disp: 16 * part}
	steps, free := YMM(), K()
	VPMOVZXWD(left, steps)
	VPTESTNMD(steps, steps, free)
	VPMAXUD(c.one, steps, steps)
	VPSUBD(c.one, steps, steps)
	VPMOVDW(steps, left)

	v := load512(at(s.v))
	counts := ZMM()
	VCVTDQ2PD(Mem{Base: s.counts, Disp: 32 * part}, counts)
	poisson := mul512(c.weight, counts)
	next := mul512(c.decay, v)
	switch s.model {
	case delta:
		next = add512(add512(next, c.drive), add512(poisson, at(s.rowEx)))
	case alpha:
		next = s.alpha512(next, s.iEx, s.slopes(argDEx), s.rowEx, c.ex, c.exDecay, c.exAlpha, part, &poisson)
		next = s.alpha512(next, s.iIn, s.slopes(argDIn), s.rowIn, c.in, c.inDecay, c.inAlpha, part, nil)
		VMOVUPD(c.zero, at(s.rowIn))
		next = add512(next, c.drive)
	default:
		i := load512(at(s.iEx))
		next = add512(next, mul512(c.ex, i))
		VMOVUPD(add512(add512(mul512(c.exDecay, i), at(s.rowEx)), poisson), at(s.iEx))
		if s.model == twoCurrents {
			i := load512(at(s.iIn))
			next = add512(next, mul512(c.in, i))
			VMOVUPD(add512(mul512(c.inDecay, i), at(s.rowIn)), at(s.iIn))
			VMOVUPD(c.zero, at(s.rowIn))
		}
		next = add512(next, c.drive)
	}
	VMOVUPD(c.zero, at(s.rowEx))
	VMOVAPD(next, free, v)
	fires := K()
	VCMPPD(Imm(0x1d), c.vTh, v, fires) // ≥, false for NaN
	VMOVAPD(c.reset, fires, v)
	VMOVUPD(v, at(s.v))
	return fires
}

// alpha512 advances a current and its slope, and adds to the voltage what the
// current does. c is slope, rise and kick.
func (s *stepper) alpha512(v reg.VecVirtual, i, d, row reg.GPVirtual, onto, decay reg.VecVirtual, c [3]reg.VecVirtual, part int, poisson *reg.VecVirtual) reg.VecVirtual {
	at := func(base reg.GPVirtual) Mem { return Mem{Base: base, Disp: 64 * part} }
	current, rise := load512(at(i)), load512(at(d))
	v = add512(add512(v, mul512(onto, current)), mul512(c[0], rise))
	VMOVUPD(add512(mul512(decay, current), mul512(c[1], rise)), at(i))
	arrived := load512(at(row))
	if poisson != nil {
		arrived = add512(arrived, *poisson)
	}
	VMOVUPD(add512(mul512(decay, rise), mul512(c[2], arrived)), at(d))
	return v
}
