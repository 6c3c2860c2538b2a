package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// The constants of the step, of a membrane and of a conductance, in the order of the
// tables of package kernel.
const (
	stepDt = iota
	stepHalfDt
	stepNodes // condNodes groups of three
)

const (
	nodeAt = iota
	nodeLeft
	nodeWeight
	nodeSize
)

const (
	membraneByC = iota
	membraneLeak
	membraneEL
	membraneEEx
	membraneEIn
	membraneIE
	membraneThreshold
)

const (
	condNodes = 5
	maxDecay  = 0.25

	courseDecay     = 0
	courseAt        = 1
	courseRest      = courseAt + condNodes
	courseKick      = courseRest + condNodes // from here on with alpha only
	courseSlopeRest = courseKick + 1
)

var shortExpCoefficients = [8]float64{
	0x1.fffffffffff98p-1, 0x1.ffffffffffff4p-1, 0x1.000000003407dp-1, 0x1.555555556c74ep-3,
	0x1.55555144c1159p-5, 0x1.11110f429d041p-7, 0x1.6c4ac7da1d9d1p-10, 0x1.a0483fb740955p-13,
}

func shortExp(v vectors, t reg.Register) vec {
	p := load(v, konst(shortExpCoefficients[7]))
	for i := 6; i >= 0; i-- {
		p = add(v, mul(v, t, p), konst(shortExpCoefficients[i]))
	}
	return p
}

// conductanceStep writes the step of membranes with conductances.
type conductanceStep struct {
	vectors
	alpha bool
	i     reg.Register             // the first neuron of the lanes at hand
	rows  map[string]reg.GPVirtual // pointers that have registers
	of    map[string]reg.GPVirtual // the constants of the lanes at hand
	pair  [2]conductance
}

// conductance is one of the two conductances, of the lanes at hand.
type conductance struct {
	name, slopeRow, arrivals string
	reversal                 int
	rate, slope              func() reg.Register // by C
	driven, slopeDriven      vec                 // those times the distance to the reversal potential
}

// row is the lanes at hand of a row.
func (s *conductanceStep) row(name string) Mem {
	base, ok := s.rows[name]
	if !ok {
		base = pointer(name)
	}
	return at(base, s.i, 0)
}

// constant is one of a table, in all lanes.
func (s *conductanceStep) constant(table string, which int) Mem {
	return Mem{Base: s.of[table], Disp: width(s) * which}
}

func (s *conductanceStep) step(which int) Mem     { return s.constant("step", which) }
func (s *conductanceStep) membrane(which int) Mem { return s.constant("membrane", which) }

func conductancesRoutine(v vectors, alpha bool) {
	s := &conductanceStep{
		vectors: v, alpha: alpha, rows: map[string]reg.GPVirtual{}, of: map[string]reg.GPVirtual{},
		pair: [2]conductance{
			{name: "ex", slopeRow: "exSlope", arrivals: "toEx", reversal: membraneEEx},
			{name: "in", slopeRow: "inSlope", arrivals: "toIn", reversal: membraneEIn},
		},
	}
	name, slopes := "conductancesExp", ""
	if alpha {
		name, slopes = "conductancesAlpha", "exSlope, inSlope, "
	}
	function(v, name, "(v, ex, in, "+slopes+"left, current, toEx, toIn []float64, stepOf, membraneOf, exOf, inOf *float64, membraneNext, exNext, inNext int, odd []int32) int",
		"\tn := 0",
		"\tfor i := range v {",
		"\t\tif !k.one(rows, i, current[i], toEx[i], toIn[i]) {",
		"\t\t\todd[n], n = i, n+1",
		"\t\t}",
		"\t}",
		"\treturn n",
		"", "for the constants in the tables of k, with one substep.",
		multiple(v, "len(v)"), "odd has room for len(v) + 8.")
	for _, name := range []string{"ex", "in"} {
		s.rows[name] = pointer(name)
	}
	for _, name := range []string{"step", "membrane", "ex", "in"} {
		s.of[name] = Load(Param(name+"Of"), GP64()).(reg.GPVirtual)
	}
	n, list := length("v"), pointer("odd")
	indices, step := firstIndices(v)
	found := GP64()
	XORQ(found, found)
	loop("next", n, v.lanes(), func(i reg.GPVirtual) {
		s.i = i
		s.lanesAtHand(indices, list, found)
		VPADDD(step, indices, indices)
		for _, name := range []string{"membrane", "ex", "in"} {
			ADDQ(Load(Param(name+"Next"), GP64()), s.of[name])
		}
	})
	Store(found, ReturnIndex(0))
	end()
}

// lanesAtHand does what the method one does.
func (s *conductanceStep) lanesAtHand(indices reg.Register, list, found reg.GPVirtual) {
	voltage, nought := load(s, s.row("v")), zero(s)
	s.drive(voltage)
	ok, next := s.integrate(voltage)
	left := load(s, s.row("left"))
	held := s.compare(greater, left, nought)
	odd := s.without(s.without(s.compare(equal, nought, nought), held), ok)
	less1 := sub(s, left, s.step(stepDt))
	less1 = s.choose(s.compare(less, less1, s.step(stepHalfDt)), nought, less1)
	left = s.choose(held, less1, left)
	next = s.choose(odd, voltage, s.choose(held, voltage, next))
	store(left, s.row("left"))
	store(next, s.row("v"))
	for _, g := range s.pair {
		s.arrive(g, odd)
	}
	s.compress(odd, indices, list, found)
}

// kept is a vector that is needed now and then. AVX2 has no registers for it.
func (s *conductanceStep) kept(x vec) func() reg.Register {
	if s.lanes() == 8 {
		return func() reg.Register { return x }
	}
	m := AllocLocal(width(s))
	store(x, m)
	return func() reg.Register { return load(s, m) }
}

// drive works out what the conductances drive.
func (s *conductanceStep) drive(voltage vec) {
	byC := load(s, s.membrane(membraneByC))
	for k := range s.pair {
		g := &s.pair[k]
		distance := sub(s, load(s, s.membrane(g.reversal)), voltage)
		rate := mul(s, byC, s.row(g.name))
		g.driven, g.rate = mul(s, distance, rate), s.kept(rate)
		if s.alpha {
			slope := mul(s, byC, s.row(g.slopeRow))
			g.slopeDriven, g.slope = mul(s, distance, slope), s.kept(slope)
		}
	}
}

// integrate does what the methods reach and integrate do.
func (s *conductanceStep) integrate(voltage vec) (ok reg.Register, next vec) {
	current := add(s, load(s, s.row("current")), s.membrane(membraneIE))
	leak := load(s, s.membrane(membraneLeak))
	rest := sub(s, mul(s, current, s.membrane(membraneByC)), mul(s, sub(s, voltage, s.membrane(membraneEL)), leak))

	nought := zero(s)
	up := larger(s, nought, rest)
	for _, g := range s.pair {
		most := g.driven
		if s.alpha {
			most = add(s, most, mul(s, g.slopeDriven, s.step(stepDt)))
		}
		up = add(s, up, larger(s, nought, most))
	}
	reach := add(s, voltage, mul(s, up, s.step(stepDt)))
	ok = s.compare(less, reach, s.membrane(membraneThreshold))
	ok = s.and(ok, s.compare(atMost, nought, s.least()))
	var sums [condNodes]vec
	for n := range sums {
		d, f := s.node(n, leak, rest)
		if n == 0 {
			ok = s.and(ok, s.compare(atMost, d, konst(maxDecay)))
		}
		e := shortExp(s, sub(s, load(s, konst(0.5*maxDecay)), d))
		sums[n] = mul(s, e, f)
		if pair := condNodes - 1 - n; pair <= n {
			if pair < n {
				sums[pair] = add(s, sums[pair], sums[n])
			}
			sums[pair] = mul(s, sums[pair], s.step(stepNodes+pair*nodeSize+nodeWeight))
		}
	}
	return ok, add(s, voltage, add(s, add(s, sums[0], sums[1]), sums[2]))
}

// least is the least conductance or slope. One that is not a number may be lost: it
// makes D none.
func (s *conductanceStep) least() vec {
	a, b := s.pair[0], s.pair[1]
	least := smaller(s, a.rate(), b.rate())
	if s.alpha {
		least = smaller(s, least, smaller(s, a.slope(), b.slope()))
	}
	return least
}

// node is the decay until the end of the step, and what drives the membrane.
func (s *conductanceStep) node(n int, leak, rest vec) (d, f vec) {
	first := stepNodes + n*nodeSize
	d, f = mul(s, leak, s.step(first+nodeLeft)), rest
	for _, g := range s.pair {
		d = add(s, d, mul(s, g.rate(), s.constant(g.name, courseRest+n)))
		driven := g.driven
		if s.alpha {
			driven = add(s, driven, mul(s, g.slopeDriven, s.step(first+nodeAt)))
		}
		f = add(s, f, mul(s, driven, s.constant(g.name, courseAt+n)))
	}
	if s.alpha {
		slope := func(g conductance) vec {
			return mul(s, g.slope(), s.constant(g.name, courseSlopeRest+n))
		}
		d = add(s, d, add(s, slope(s.pair[0]), slope(s.pair[1])))
	}
	return d, f
}

// arrive carries a conductance over the step and adds what arrives, but for the odd
// lanes.
func (s *conductanceStep) arrive(g conductance, odd reg.Register) {
	to := absolute(s, load(s, s.row(g.arrivals)))
	old, decay := load(s, s.row(g.name)), s.constant(g.name, courseDecay)
	if !s.alpha {
		store(s.choose(odd, old, add(s, mul(s, old, decay), to)), s.row(g.name))
		return
	}
	slope := load(s, s.row(g.slopeRow))
	risen := mul(s, add(s, old, mul(s, slope, s.step(stepDt))), decay)
	kicked := add(s, mul(s, slope, decay), mul(s, to, s.constant(g.name, courseKick)))
	store(s.choose(odd, old, risen), s.row(g.name))
	store(s.choose(odd, slope, kicked), s.row(g.slopeRow))
}
