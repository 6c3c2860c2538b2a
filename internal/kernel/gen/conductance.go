package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// The constants of the step, in the order of conductanceTable of package kernel.
// Each fills a vector of 8 lanes.
const (
	condDt = iota
	condHalfDt
	condDtByC
	condGL
	condEL
	condEEx
	condEIn
	condIE
	condThreshold
	condExDecay
	condInDecay
	condExKick
	condInKick
	condNode // the first of condNodes groups
)

// The constants of a node.
const (
	nodeWeight = iota
	nodeLeak
	nodeExAt
	nodeExRest
	nodeInAt
	nodeInRest
	nodeExSlopeAt
	nodeExSlopeRest
	nodeInSlopeAt
	nodeInSlopeRest
	nodeSize
)

const (
	condNodes = 5
	maxDecay  = 0.25
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

// conductance is one of the two conductances, of the lanes at hand.
type conductance struct {
	row, slopeRow, arrivals      string
	reversal, decay, kick        int // constants
	at, rest, slopeAt, slopeRest int // constants of a node
	g, slope                     Mem // siemens, and siemens per second
	driven, slopeDriven          vec // those times the distance to the reversal potential
}

func conductancesRoutine(v vectors, alpha bool) {
	name, signature := "conductancesExp", "(v, ex, in, left, current, toEx, toIn []float64, c *[63][8]float64, odd []int32) int"
	if alpha {
		name, signature = "conductancesAlpha", "(v, ex, in, exSlope, inSlope, left, current, toEx, toIn []float64, c *[63][8]float64, odd []int32) int"
	}
	function(v, name, signature,
		"\tn := 0",
		"\tfor i := range v {",
		"\t\tif !k.one(rows, i, current[i], toEx[i], toIn[i]) {",
		"\t\t\todd[n], n = i, n+1",
		"\t\t}",
		"\t}",
		"\treturn n",
		"", "for the constants c of k, with one substep.",
		multiple(v, "len(v)"), "odd has room for len(v) + 8.")
	kept := map[string]reg.GPVirtual{"ex": pointer("ex"), "in": pointer("in")}
	if alpha {
		kept["exSlope"], kept["inSlope"] = pointer("exSlope"), pointer("inSlope")
	}
	row := func(name string, i reg.Register) Mem {
		if base, ok := kept[name]; ok {
			return at(base, i, 0)
		}
		return at(pointer(name), i, 0)
	}
	n := length("v")
	c := Load(Param("c"), GP64()).(reg.GPVirtual)
	constant := func(which int) Mem { return Mem{Base: c, Disp: 64 * which} }
	list := pointer("odd")
	indices, step := firstIndices(v)
	found := GP64()
	XORQ(found, found)
	loop("next", n, v.lanes(), func(i reg.GPVirtual) {
		voltage, nought := load(v, row("v", i)), zero(v)
		ok, next := integrate(v, alpha, voltage, conductancePair(v, alpha, voltage, row, constant, i), row, constant, i)

		left := load(v, row("left", i))
		held := v.compare(greater, left, nought)
		doubt := v.choose(ok, nought, load(v, konst(1)))
		doubt = v.choose(held, nought, doubt)
		odd := v.compare(greater, doubt, nought)
		less1 := sub(v, left, constant(condDt))
		less1 = v.choose(v.compare(less, less1, constant(condHalfDt)), nought, less1)
		left = v.choose(held, less1, left)
		next = v.choose(odd, voltage, v.choose(held, voltage, next))
		store(left, row("left", i))
		store(next, row("v", i))
		for _, g := range arrive(v, alpha, odd, row, constant, i) {
			store(g.x, row(g.row, i))
		}
		v.compress(odd, indices, list, found)
		VPADDD(step, indices, indices)
	})
	Store(found, ReturnIndex(0))
	end()
}

var bothConductances = [2]conductance{
	{
		row: "ex", slopeRow: "exSlope", arrivals: "toEx", reversal: condEEx, decay: condExDecay, kick: condExKick,
		at: nodeExAt, rest: nodeExRest, slopeAt: nodeExSlopeAt, slopeRest: nodeExSlopeRest,
	},
	{
		row: "in", slopeRow: "inSlope", arrivals: "toIn", reversal: condEIn, decay: condInDecay, kick: condInKick,
		at: nodeInAt, rest: nodeInRest, slopeAt: nodeInSlopeAt, slopeRest: nodeInSlopeRest,
	},
}

type (
	rowAt      func(name string, i reg.Register) Mem
	constantAt func(which int) Mem
)

// conductancePair works out what the conductances drive. They stay in memory: for
// all of them there are not enough registers.
func conductancePair(v vectors, alpha bool, voltage vec, row rowAt, constant constantAt, i reg.Register) [2]conductance {
	pair := bothConductances
	for k := range pair {
		g := &pair[k]
		distance := sub(v, load(v, constant(g.reversal)), voltage)
		g.g = row(g.row, i)
		g.driven = mul(v, distance, g.g)
		if alpha {
			g.slope = row(g.slopeRow, i)
			g.slopeDriven = mul(v, distance, g.slope)
		}
	}
	return pair
}

// integrate does what the method of that name does.
func integrate(v vectors, alpha bool, voltage vec, pair [2]conductance, row rowAt, constant constantAt, i reg.Register) (ok reg.Register, next vec) {
	current := add(v, load(v, row("current", i)), constant(condIE))
	rest := sub(v, current, mul(v, sub(v, voltage, constant(condEL)), constant(condGL)))

	nought := zero(v)
	up := larger(v, nought, rest)
	for _, g := range pair {
		most := g.driven
		if alpha {
			most = add(v, most, mul(v, g.slopeDriven, constant(condDt)))
		}
		up = add(v, up, larger(v, nought, most))
	}
	reach := add(v, voltage, mul(v, up, constant(condDtByC)))
	ok = v.compare(less, reach, constant(condThreshold))
	for _, g := range pair {
		ok = v.and(ok, v.compare(atMost, nought, g.g))
		if alpha {
			ok = v.and(ok, v.compare(atMost, nought, g.slope))
		}
	}
	var sums [condNodes]vec
	for n := range condNodes {
		first := condNode + n*nodeSize
		d, f := load(v, constant(first+nodeLeak)), rest
		for _, g := range pair {
			d = add(v, d, mul(v, load(v, g.g), constant(first+g.rest)))
			f = add(v, f, mul(v, g.driven, constant(first+g.at)))
		}
		if alpha {
			a, b := pair[0], pair[1]
			d = add(v, d, add(v, mul(v, load(v, a.slope), constant(first+a.slopeRest)), mul(v, load(v, b.slope), constant(first+b.slopeRest))))
			f = add(v, f, add(v, mul(v, a.slopeDriven, constant(first+a.slopeAt)), mul(v, b.slopeDriven, constant(first+b.slopeAt))))
		}
		if n == 0 {
			ok = v.and(ok, v.compare(atMost, d, konst(maxDecay)))
		}
		e := shortExp(v, sub(v, load(v, konst(0.5*maxDecay)), d))
		sums[n] = mul(v, mul(v, e, f), constant(first+nodeWeight))
		if n == 1 || n == 3 {
			sums[n-1] = add(v, sums[n-1], sums[n])
		}
		if n == 3 {
			sums[0] = add(v, sums[0], sums[2])
		}
	}
	return ok, add(v, voltage, add(v, sums[0], sums[4]))
}

// stored is a vector and the row it goes to.
type stored struct {
	row string
	x   vec
}

// arrive carries the conductances over the step and adds what arrives, but for
// the odd lanes.
func arrive(v vectors, alpha bool, odd reg.Register, row rowAt, constant constantAt, i reg.Register) (list []stored) {
	for _, g := range bothConductances {
		to := absolute(v, load(v, row(g.arrivals, i)))
		old := load(v, row(g.row, i))
		if !alpha {
			list = append(list, stored{g.row, v.choose(odd, old, add(v, mul(v, old, constant(g.decay)), to))})
			continue
		}
		slope := load(v, row(g.slopeRow, i))
		risen := mul(v, add(v, old, mul(v, slope, constant(condDt))), constant(g.decay))
		kicked := add(v, mul(v, slope, constant(g.decay)), mul(v, to, constant(g.kick)))
		list = append(list, stored{g.row, v.choose(odd, old, risen)}, stored{g.slopeRow, v.choose(odd, slope, kicked)})
	}
	return list
}
