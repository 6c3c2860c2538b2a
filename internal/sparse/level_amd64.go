package sparse

import (
	"unsafe"

	"soma/internal/kernel"
)

// variants are the routines of an update: without and with Poisson input, and both
// with constants of each neuron's own.
type variants struct{ plain, driven, own, ownDriven func(args **float64) int }

// routinesOf are the updates at each level.
var routinesOf = map[kernel.Level][updates]variants{
	kernel.AVX2: {
		twoCurrents: {stepTwoCurrentsAVX2, stepTwoCurrentsDrivenAVX2, stepTwoCurrentsOwnAVX2, stepTwoCurrentsOwnDrivenAVX2},
		oneCurrent:  {stepOneCurrentAVX2, stepOneCurrentDrivenAVX2, stepOneCurrentOwnAVX2, stepOneCurrentOwnDrivenAVX2},
		delta:       {stepDeltaAVX2, stepDeltaDrivenAVX2, stepDeltaOwnAVX2, stepDeltaOwnDrivenAVX2},
		alpha:       {stepAlphaAVX2, stepAlphaDrivenAVX2, stepAlphaOwnAVX2, stepAlphaOwnDrivenAVX2},
	},
	kernel.AVX512: {
		twoCurrents: {stepTwoCurrentsAVX512, stepTwoCurrentsDrivenAVX512, stepTwoCurrentsOwnAVX512, stepTwoCurrentsOwnDrivenAVX512},
		oneCurrent:  {stepOneCurrentAVX512, stepOneCurrentDrivenAVX512, stepOneCurrentOwnAVX512, stepOneCurrentOwnDrivenAVX512},
		delta:       {stepDeltaAVX512, stepDeltaDrivenAVX512, stepDeltaOwnAVX512, stepDeltaOwnDrivenAVX512},
		alpha:       {stepAlphaAVX512, stepAlphaDrivenAVX512, stepAlphaOwnAVX512, stepAlphaOwnDrivenAVX512},
	},
}

// poissonOf is the routine for Poisson input at a level.
func poissonOf(level kernel.Level, vaes bool) func(args **float64) {
	switch {
	case level == kernel.AVX2:
		return poissonAVX2
	case vaes:
		return poissonAVX512VAES
	}
	return poissonAVX512
}

// newKernel returns the kernel for a level.
func newKernel(u update, l loop, level kernel.Level) stepKernel {
	if level == kernel.Portable {
		return u.portable(l)
	}
	v := routinesOf[level][u]
	k := &vectorKernel{args: newStepArgs(&l), routine: v.plain, waits: u.waits(), columns: newColumns(l.own)}
	if l.own != nil {
		k.routine = v.own
	}
	if l.summands > 0 {
		expandKeyAES(&l.cipher.key[0], &k.args.keys[0])
		k.poisson, k.routine = poissonOf(level, kernel.HasVAES()), v.driven
		if l.own != nil {
			k.routine = v.ownDriven
		}
	}
	return k
}

// deliverChunk is how many runs one call delivers: a goroutine in the assembly
// cannot be stopped.
const deliverChunk = 64

// deliver adds the runs, at least one, to the row of the store.
func (s *store) deliver(runs []run) {
	if s.level == kernel.Portable {
		s.deliverPortable(runs)
		return
	}
	for len(runs) > 0 {
		n := min(deliverChunk, len(runs))
		if s.constant {
			deliverConstantPrefetch(&s.row[0], &s.entries[0], &runs[0].begin, n, len(runs), s.weight)
		} else {
			deliverWeightedPrefetch(&s.row[0], &s.entries[0], &runs[0].begin, n, len(runs))
		}
		runs = runs[n:]
	}
}

// runsAhead is how far delivery prefetches: the first runs must be asked for before.
const runsAhead = 4

// prefetch asks for the first of the runs.
func (s *store) prefetch(runs []run) {
	if s.level != kernel.Portable && len(runs) > 0 {
		prefetchRuns(&s.entries[0], &runs[0].begin, min(len(runs), runsAhead), s.words())
	}
}

// prefetchPlaces asks for the entries at some places, all within the store.
func (s *store) prefetchPlaces(places []uint32) {
	if s.level != kernel.Portable && len(places) > 0 {
		prefetchEntries(&s.entries[0], &places[0], len(places), s.words())
	}
}

// prefetchEnds asks for the ends of some runs.
func (s *store) prefetchEnds(runs []uint32) {
	if s.level != kernel.Portable && len(runs) > 0 {
		prefetchEntries((*uint16)(unsafe.Pointer(&s.ends[0])), &runs[0], len(runs), 2)
	}
}

// prefetchSources asks for the ends of the runs of some sources.
func (s *store) prefetchSources(sources []uint32) {
	if s.level != kernel.Portable && len(sources) > 0 {
		prefetchEnds(&s.ends[0], &sources[0], len(sources), s.delays())
	}
}

// first finds layer 0 and the ages.
func (a *searchArgs) first(level kernel.Level) {
	switch level {
	case kernel.AVX512:
		firstAVX512(&a.n)
	case kernel.AVX2:
		firstAVX2(&a.n)
	default:
		a.firstPortable()
	}
}

// next finds a layer from the one before.
func (a *searchArgs) next(level kernel.Level) {
	switch level {
	case kernel.AVX512:
		nextAVX512(&a.n)
	case kernel.AVX2:
		nextAVX2(&a.n)
	default:
		a.nextPortable()
	}
}

// expand takes the weights of a layer to where they come from.
func (l *layer) expand(level kernel.Level, weights []float64) {
	switch level {
	case kernel.AVX512:
		expandAVX512(&l.gap[0], &weights[0], len(weights))
	case kernel.AVX2:
		expandAVX2(&l.gap[0], &weights[0], len(weights))
	default:
		l.expandPortable(&weights[0], len(weights))
	}
}

// decay lets traces decay. It may write up to 7 elements behind dst.
func decay(level kernel.Level, dst []float64, src *float64, steps *int64, table []float64) {
	if level == kernel.Portable {
		decayPortable(&dst[0], src, steps, len(dst), &table[0], len(table)-1)
	} else {
		decayEach(&dst[0], src, steps, len(dst), &table[0], len(table)-1)
	}
}

// deliverOwn adds the weights of synapses to the row.
func (s *store) deliverOwn(targets []uint16, weights []float64) {
	if s.level == kernel.Portable {
		deliverOwnPortable(&s.row[0], &targets[0], &weights[0], len(targets))
	} else {
		deliverOwn(&s.row[0], &targets[0], &weights[0], len(targets))
	}
}
