package main

import (
	"github.com/mmcloughlin/avo/attr"
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Offsets of the fields of searchArgs; a test compares them.
const (
	searchN = 8 * iota
	searchTargets
	searchWeights
	searchBase
	searchHeads
	searchAges
	searchFrom
	searchSteps
	searchLayer
	searchAfter
	searchUpTo
	searchBefore
	searchMeets
	searchSource
	searchFound
	searchBeyond
	searchLate
)

// Of package sparse: elements of the arrays of a layer, offsets of the arrays.
const (
	elements    = 512 + 8
	layerGap    = 0
	layerWeight = 8 * elements
	layerNeuron = 16 * elements
	layerWithin = 20 * elements
	agesTrace   = 0
	agesSteps   = 8 * elements
	agesLate    = 16 * elements
	never       = 3 << 62 // −2⁶²
	bytesAhead  = 4096    // how far weights are prefetched
)

// A searcher is a loop over synapses, eight in a turn, that appends some of them
// to a layer.
type searcher struct {
	width
	args, layer, found, i, eighth reg.GPVirtual
}

// lanesOf gives a value in all lanes.
type lanesOf func() reg.VecVirtual

// width is what differs between the widths, in the search.
type width interface {
	name() string
	// constant is a value in all lanes, in a register throughout if there are enough.
	constant(m Mem) lanesOf
	// valid makes the first n of eight lanes count from now on.
	valid(n reg.GPVirtual)
	begin()
	// heads loads the heads of eight targets.
	heads(s *searcher, targets, heads reg.GPVirtual) (steps, traces []reg.VecVirtual)
	// steps loads the steps of eight neurons.
	steps(s *searcher, from, steps reg.GPVirtual) []reg.VecVirtual
	// neurons are the numbers of eight targets, or of those of a layer.
	neurons(s *searcher, targets Mem, base reg.VecVirtual) []reg.VecVirtual
	neuronsOf(m Mem) []reg.VecVirtual
	// note stores a bit for each of the steps that is later than a limit, and adds
	// them to those seen so far.
	note(steps []reg.VecVirtual, limit lanesOf, seen reg.Register, to *Mem)
	newSeen() reg.Register
	storeSeen(seen reg.Register, to Mem)
	// keep appends what belongs to the steps that are later than a limit.
	keep(s *searcher, steps []reg.VecVirtual, after, source lanesOf, weights Mem, neurons []reg.VecVirtual)
	subtract(a, b reg.VecVirtual) reg.VecVirtual
	store(parts []reg.VecVirtual, m Mem)
}

func (s *searcher) field(offset int) Mem { return Mem{Base: s.args, Disp: offset} }

func (s *searcher) get(offset int) reg.GPVirtual {
	r := GP64()
	MOVQ(s.field(offset), r)
	return r
}

// searchRoutine begins a routine.
func searchRoutine(l width, name string) *searcher {
	TEXT(name+l.name(), attr.NOSPLIT, "func(args *uint64)")
	Pragma("noescape")
	Doc(name+l.name()+" computes searchArgs."+name+"Portable; args points to", "the first field.")
	s := &searcher{width: l, args: load("args"), found: GP64(), i: GP64(), eighth: GP64()}
	s.layer = s.get(searchLayer)
	l.begin()
	for _, r := range []reg.GPVirtual{s.found, s.i, s.eighth} {
		XORQ(r, r)
	}
	return s
}

// each runs body for all synapses, eight at a time.
func (s *searcher) each(body func()) {
	t := GP64()
	Label("next")
	MOVQ(s.field(searchN), t)
	SUBQ(s.i, t)
	JLE(LabelRef("done"))
	CMPQ(t, Imm(8))
	JLT(LabelRef("tail"))
	Label("body")
	body()
	ADDQ(Imm(8), s.i)
	INCQ(s.eighth)
	JMP(LabelRef("next"))
	Label("tail")
	s.valid(t)
	JMP(LabelRef("body"))
	Label("done")
	MOVQ(s.found, s.field(searchFound))
}

func (s *searcher) ofChunk(base reg.GPVirtual, offset int) Mem {
	return Mem{Base: base, Index: s.i, Scale: 8, Disp: offset}
}

// first generates the search for layer 0.
func first(l width) {
	s := searchRoutine(l, "first")
	targets, weights, ages, heads := s.get(searchTargets), s.get(searchWeights), s.get(searchAges), s.get(searchHeads)
	skip := s.get(searchBase)
	SHLQ(Imm(4), skip)
	SUBQ(skip, heads)
	after, upTo, before := s.constant(s.field(searchAfter)), s.constant(s.field(searchUpTo)), s.constant(s.field(searchBefore))
	meets, source := s.constant(s.field(searchMeets)), s.constant(s.field(searchSource))
	base := XMM()
	VPBROADCASTD(s.field(searchBase), base.AsY())
	beyond, late := s.newSeen(), s.newSeen()
	s.each(func() {
		PREFETCHT0(s.ofChunk(weights, bytesAhead))
		PREFETCHT0(Mem{Base: targets, Index: s.i, Scale: 2, Disp: bytesAhead / 4})
		steps, traces := s.heads(s, targets, heads)
		s.store(traces, s.ofChunk(ages, agesTrace))
		var gaps []reg.VecVirtual
		for _, x := range steps {
			gaps = append(gaps, s.subtract(meets(), x))
		}
		s.store(gaps, s.ofChunk(ages, agesSteps))
		bits := Mem{Base: ages, Index: s.eighth, Scale: 1, Disp: agesLate}
		s.note(steps, before, late, &bits)
		s.note(steps, upTo, beyond, nil)
		neurons := s.neurons(s, Mem{Base: targets, Index: s.i, Scale: 2}, base)
		s.keep(s, steps, after, source, s.ofChunk(weights, 0), neurons)
	})
	s.storeSeen(beyond, s.field(searchBeyond))
	s.storeSeen(late, s.field(searchLate))
	VZEROUPPER()
	RET()
}

// next generates the search for another layer.
func next(l width) {
	s := searchRoutine(l, "next")
	from, list := s.get(searchFrom), s.get(searchSteps)
	after, upTo, source := s.constant(s.field(searchAfter)), s.constant(s.field(searchUpTo)), s.constant(s.field(searchSource))
	beyond := s.newSeen()
	s.each(func() {
		steps := s.steps(s, from, list)
		s.note(steps, upTo, beyond, nil)
		neurons := s.neuronsOf(Mem{Base: from, Index: s.i, Scale: 4, Disp: layerNeuron})
		s.keep(s, steps, after, source, s.ofChunk(from, layerWeight), neurons)
	})
	s.storeSeen(beyond, s.field(searchBeyond))
	VZEROUPPER()
	RET()
}

// target loads twice the j-th target of a turn, to be scaled by 8.
func (s *searcher) target(targets reg.GPVirtual, j int) reg.GPVirtual {
	t := GP64()
	MOVWQZX(Mem{Base: targets, Index: s.i, Scale: 2, Disp: 2 * j}, t)
	ADDQ(t, t)
	return t
}

// decayRoutine generates the decay of traces.
func decayRoutine() {
	TEXT("decayEach", attr.NOSPLIT, "func(dst, src *float64, steps *int64, n int, table *float64, last int)")
	Pragma("noescape")
	Doc("decayEach computes decayPortable. It may read and write up to 7 elements more.")
	dst, src, steps, n, table, last := load("dst"), load("src"), load("steps"), load("n"), load("table"), load("last")
	i := GP64()
	XORQ(i, i)
	JMP(LabelRef("check"))
	Label("next")
	for part := range 2 {
		var pairs [2]reg.VecVirtual
		for p := range pairs {
			pairs[p] = XMM()
			for lane := range 2 {
				gap := GP64()
				MOVQ(Mem{Base: steps, Index: i, Scale: 8, Disp: 32*part + 16*p + 8*lane}, gap)
				CMPQ(gap, last)
				CMOVQHI(last, gap)
				entry := Mem{Base: table, Index: gap, Scale: 8}
				if lane == 0 {
					VMOVSD(entry, pairs[p])
				} else {
					VMOVHPD(entry, pairs[p], pairs[p])
				}
			}
		}
		four := YMM()
		VINSERTF128(Imm(1), pairs[1], pairs[0].AsY(), four)
		VMULPD(Mem{Base: src, Index: i, Scale: 8, Disp: 32 * part}, four, four)
		VMOVUPD(four, Mem{Base: dst, Index: i, Scale: 8, Disp: 32 * part})
	}
	ADDQ(Imm(8), i)
	Label("check")
	CMPQ(i, n)
	JLT(LabelRef("next"))
	VZEROUPPER()
	RET()
}

// deliverOwnRoutine generates the delivery of synapses whose targets and weights
// are apart.
func deliverOwnRoutine() {
	TEXT("deliverOwn", attr.NOSPLIT, "func(row *float64, targets *uint16, weights *float64, n int)")
	Pragma("noescape")
	Doc("deliverOwn computes deliverOwnPortable.")
	row, targets, weights, n := load("row"), load("targets"), load("weights"), load("n")
	i, rest := GP64(), GP64()
	XORQ(i, i)
	LEAQ(Mem{Base: n, Disp: -3}, rest)
	target := func(j int) Mem { return Mem{Base: targets, Index: i, Scale: 2, Disp: 2 * j} }
	weight := func(j int) Mem { return Mem{Base: weights, Index: i, Scale: 8, Disp: 8 * j} }

	JMP(LabelRef("four"))
	Label("four_body")
	each := fourTargets(target(0))
	for pair := range 2 {
		first, second := XMM(), XMM()
		VMOVUPD(weight(2*pair), first)
		VUNPCKHPD(first, first, second)
		deliverOne(row, each[2*pair], first, first)
		deliverOne(row, each[2*pair+1], second, second)
	}
	ADDQ(Imm(4), i)
	Label("four")
	CMPQ(i, rest)
	JLT(LabelRef("four_body"))

	JMP(LabelRef("one"))
	Label("one_body")
	one, x := GP64(), XMM()
	MOVWQZX(target(0), one)
	VMOVSD(weight(0), x)
	deliverOne(row, one, x, x)
	INCQ(i)
	Label("one")
	CMPQ(i, n)
	JLT(LabelRef("one_body"))
	RET()
}
