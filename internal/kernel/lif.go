package kernel

import (
	"math"
	"slices"

	"soma/internal/elementary"
)

// LIFParams are the constants of the leaky integrate-and-fire step
//
//	TauRC·dv/dt = (Rest + Resistance·j) - v
//
// in any consistent set of units. Normalised neurons have Resistance 1, Rest 0,
// Threshold 1 and Reset 0.
type LIFParams struct {
	Dt         float64 // length of the step, s
	TauRC      float64 // membrane time constant, s
	TauRef     float64 // refractory time, s; may be 0 and may be below Dt
	Resistance float64
	Rest       float64
	Threshold  float64 // above Reset
	Reset      float64
	MinVoltage float64 // the voltage is held at or above it; -Inf for no limit
}

// LIF is the leaky integrate-and-fire step with a refractory time and spikes at
// exact times. As it owns scratch memory, it is for one goroutine at a time.
type LIF struct {
	Level Level
	LIFParams

	rate    float64 // 1/TauRC
	decay   float64 // expm1(-Dt*rate)
	short   bool    // the step is at most shortStep
	unit    bool    // Resistance is 1 and Rest 0
	scratch *lifScratch

	constants *lifConstants
}

// lifScratch lists the neurons that one pass over a block picks out for the
// next.
type lifScratch struct {
	partial [lifBlock + pad]int32 // whose refractory time ends within the step
	late    [lifBlock + pad]int32 // those of them that fire
	firing  [lifBlock + pad]int32
	first   [lifBlock + pad]float64 // the time of their first spike
}

const (
	// lifBlock is the number of neurons that all passes of the vector step
	// work on in turn. Their state stays in the second-level cache; smaller
	// blocks, which fit the first, lose more by the ends of the passes.
	lifBlock = 8192

	// shortStep is the longest step, in membrane time constants, that is
	// short: its exponentials and logarithms need no reduction of their
	// arguments, since it is below ½ ln 2.
	shortStep = 0.34

	// pad is the room that vector stores need beyond the last element.
	pad = 16

	// MaxSpikesPerStep bounds the spikes of one neuron in one step; further
	// ones are lost. To reach it takes a neuron without refractory time and,
	// at a step of 1/20 of its time constant, 80 000 times its threshold
	// current.
	MaxSpikesPerStep = 1 << 12
)

// NewLIF returns the step of neurons with the given constants, which are not to
// be changed afterwards.
func NewLIF(level Level, p LIFParams) *LIF {
	if p.MinVoltage > p.Threshold {
		level = Portable // the order of the tests shows
	}
	k := &LIF{
		Level:     level.usable(),
		LIFParams: p,
		rate:      1 / p.TauRC,
		short:     p.Dt <= shortStep*p.TauRC,
		unit:      p.Resistance == 1 && p.Rest == 0,
		scratch:   new(lifScratch),
	}
	k.decay = elementary.Expm1(float64(-p.Dt * k.rate))
	k.constants = k.vectors()
	return k
}

// Step advances len(v) neurons by one step.
//
// v is the voltage, r the refractory time left at the start of the step (it
// keeps falling below zero) and j the current, constant over the step; r and j
// are as long as v. Step appends to spikes the index of each neuron that fires,
// counted from base, in ascending order and as often as it fires, and to at the
// time of each spike in seconds from the start of the step, between 0 and Dt.
//
// A neuron integrates over the part d = clamp(Dt - r, 0, Dt) of the step, r
// being counted from the start of this step:
//
//	r -= Dt
//	a := Rest + Resistance*j
//	v += (v - a) * expm1(-d/TauRC)     nothing if d = 0
//	if v > Threshold {
//		ts := Dt + TauRC*log1p(-(v-Threshold)/(a-Threshold))
//		fire at ts; v = Reset; r = TauRef + ts
//	} else {
//		v = max(v, MinVoltage)
//	}
//
// A neuron that was above threshold already when the step began, so that the
// formula gives no time within the step, fires at 0. If r < Dt after a spike,
// which takes TauRef < Dt, the neuron goes on from Reset for the rest of the
// step and may fire again, up to MaxSpikesPerStep times.
func (k *LIF) Step(v, r, j []float64, base int32, spikes []int32, at []float64) ([]int32, []float64) {
	r, j = r[:len(v)], j[:len(v)]
	if k.Level == Portable {
		return k.portable(v, r, j, base, spikes, at)
	}
	for len(v) > 0 {
		n := min(len(v), lifBlock)
		done := n &^ 7
		if done > 0 {
			spikes, at = k.vector(v[:done], r[:done], j[:done], base, spikes, at)
		}
		spikes, at = k.portable(v[done:n], r[done:n], j[done:n], base+int32(done), spikes, at)
		v, r, j, base = v[n:], r[n:], j[n:], base+int32(n)
	}
	return spikes, at
}

func (k *LIF) portable(v, r, j []float64, base int32, spikes []int32, at []float64) ([]int32, []float64) {
	for i := range v {
		r[i] -= k.Dt
		a := k.drive(j[i])
		switch left := r[i]; {
		case left <= 0:
			v[i] += float64((v[i] - a) * k.decay)
		case left < k.Dt:
			v[i] += float64((v[i] - a) * elementary.Expm1(float64((left-k.Dt)*k.rate)))
		}
		switch {
		case v[i] > k.Threshold:
			ts := k.crossing(v[i], a)
			v[i], r[i] = k.Reset, k.TauRef+ts
			spikes, at = append(spikes, base+int32(i)), append(at, ts)
			if r[i] < k.Dt {
				spikes, at = k.again(&v[i], &r[i], a, ts, base+int32(i), spikes, at)
			}
		case k.MinVoltage > v[i]:
			v[i] = k.MinVoltage
		}
	}
	return spikes, at
}

// drive returns the voltage that the current j would hold the neuron at.
func (k *LIF) drive(j float64) float64 { return k.Rest + float64(k.Resistance*j) }

// crossing returns when, from the start of the step, a neuron passed the
// threshold that has reached v at the end of the step.
func (k *LIF) crossing(v, a float64) float64 {
	var ts float64
	if k.short {
		ts = k.Dt - float64(k.TauRC*elementary.LogRatio(v-k.Threshold, a-k.Threshold))
	} else {
		ts = k.Dt + float64(k.TauRC*elementary.Log1p(-(v-k.Threshold)/(a-k.Threshold)))
	}
	if ts > 0 && ts <= k.Dt {
		return ts
	}
	return 0
}

// again carries a neuron that fired at ts on to the end of the step from the
// end *r of its refractory time. The current is constant, and so is the
// interval between further spikes: the last one needs no loop.
func (k *LIF) again(v, r *float64, a, ts float64, index int32, spikes []int32, at []float64) ([]int32, []float64) {
	*v = k.fromReset(a, *r)
	if !(*v > k.Threshold) {
		return spikes, at
	}
	interval := k.TauRef + float64(k.TauRC*elementary.Log1p((k.Threshold-k.Reset)/(a-k.Threshold)))
	last := ts
	for i := range further(ts, interval, k.Dt) {
		last = min(ts+float64(float64(i+1)*interval), k.Dt)
		spikes, at = append(spikes, index), append(at, last)
	}
	*v, *r = k.Reset, k.TauRef+last
	if *r < k.Dt {
		// By rounding, or past the largest number of spikes, the voltage
		// could be above threshold: it then fires early in the next step.
		*v = min(k.fromReset(a, *r), k.Threshold)
	}
	return spikes, at
}

// fromReset returns the voltage at the end of the step of a neuron that starts
// at Reset at time t of the step.
func (k *LIF) fromReset(a, t float64) float64 {
	return k.Reset - float64((a-k.Reset)*elementary.Expm1(float64((t-k.Dt)*k.rate)))
}

// further returns how many intervals fit between a spike at ts and the end of
// the step, when it is known that one does.
func further(ts, interval, dt float64) int {
	n := math.Floor((dt - ts) / interval)
	switch {
	case n > MaxSpikesPerStep-1:
		return MaxSpikesPerStep - 1
	case n > 1:
		return int(n)
	}
	return 1
}

// vector is portable in three passes over a block, len(v) a multiple of 8: all
// neurons are done but for those that end their refractory time within the step,
// and those above threshold; then the former; then the latter fire.
func (k *LIF) vector(v, r, j []float64, base int32, spikes []int32, at []float64) ([]int32, []float64) {
	c, s := k.constants, k.scratch
	partial, n := lifAdvance(k.Level, k.unit, v, r, j, c, s.partial[:], s.firing[:])
	if partial > 0 {
		late := lifPartial(k.Level, k.short, v, r, j, c, k.fill(s.partial[:], partial), s.late[:])
		n = merge(s.firing[:], n, s.late[:late])
	}
	if n == 0 {
		return spikes, at
	}
	firing := k.fill(s.firing[:], n)
	spikes = slices.Grow(spikes, n+pad)
	newSpikes := spikes[len(spikes) : len(spikes)+n+pad]
	if k.TauRef < k.Dt {
		first := s.first[:]
		lifFire(k.Level, k.short, v, r, j, c, firing, base, newSpikes, first)
		return k.expand(v, r, j, base, firing[:n], first, spikes, at)
	}
	at = slices.Grow(at, n+pad)
	newAt := at[len(at) : len(at)+n+pad]
	lifFire(k.Level, k.short, v, r, j, c, firing, base, newSpikes, newAt)
	return spikes[:len(spikes)+n], at[:len(at)+n]
}

// fill repeats the last of the first n neurons on a list until they fill whole
// vectors, and returns the list of them: a neuron that is computed twice from the
// same state gets the same value twice.
func (k *LIF) fill(list []int32, n int) []int32 {
	last := list[n-1]
	room := (*[8]int32)(list[n:]) // all of it, needed or not: no branch to mispredict
	for i := range room {
		room[i] = last
	}
	lanes := k.Level.lanes()
	return list[:(n+lanes-1)/lanes*lanes]
}

// distinct is a list without the repetitions of its last.
func distinct(list []int32) []int32 {
	n := len(list)
	for n > 1 && list[n-1] == list[n-2] {
		n--
	}
	return list[:n]
}

// merge merges more, in which the last may be repeated, into the first n of
// list; both rise. It returns how many there are then.
func merge(list []int32, n int, more []int32) int {
	m := len(distinct(more))
	total := n + m
	for to := total - 1; m > 0; to-- {
		if n > 0 && list[n-1] > more[m-1] {
			n--
			list[to] = list[n]
		} else {
			m--
			list[to] = more[m]
		}
	}
	return total
}

// expand appends the spikes of the neurons that fired, the first spike of each
// at the time in first, and those that follow in the same step.
func (k *LIF) expand(v, r, j []float64, base int32, fired []int32, first []float64, spikes []int32, at []float64) ([]int32, []float64) {
	for n, i := range fired {
		spikes, at = append(spikes, base+i), append(at, first[n])
		if r[i] < k.Dt {
			spikes, at = k.again(&v[i], &r[i], k.drive(j[i]), first[n], base+i, spikes, at)
		}
	}
	return spikes, at
}

// lifConstants are what the assembly is given, in the order of package gen, each in
// all lanes.
type lifConstants [10][8]float64

func (k *LIF) vectors() *lifConstants {
	c := new(lifConstants)
	for i, x := range []float64{
		k.Dt, k.TauRC, k.TauRef, k.Resistance, k.Rest, k.Threshold, k.Reset, k.MinVoltage, k.decay, k.rate,
	} {
		for lane := range c[i] {
			c[i][lane] = x
		}
	}
	return c
}
