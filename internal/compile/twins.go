package compile

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"math"

	"soma"
	"soma/dist"
	"soma/solve"
)

// fingerprint tells systems apart by everything that their decoders depend on,
// to the last bit; ok is false where no other system can be the same, as when an
// ensemble's parameters are drawn.
func (b *builder) fingerprint(s *system) (key [sha256.Size]byte, ok bool) {
	q := s.asked[0]
	e := q.ensemble
	if _, separable := q.solver.(solve.Separable); !separable || !allGiven(e) || q.points != nil && !given(q.points) {
		return key, false
	}
	hash := sha256.New()
	b.describe(hash, s)
	copy(key[:], hash.Sum(nil))
	return key, true
}

// describe writes what the decoders of a system depend on, but for the random
// numbers of its solver.
func (b *builder) describe(w io.Writer, s *system) {
	q := s.asked[0]
	e := q.ensemble
	fmt.Fprintf(w, "%#v %#v %d %d %d", e.Neuron, q.solver, e.N, e.Dimensions, len(s.asked))
	t := b.built.Tunings[e]
	for _, values := range append([][]float64{t.Encoders, t.Gain, t.Bias, s.points}, s.targets...) {
		bytes := make([]byte, 0, 8*len(values)+8)
		bytes = binary.LittleEndian.AppendUint64(bytes, uint64(len(values)))
		for _, x := range values {
			bytes = binary.LittleEndian.AppendUint64(bytes, math.Float64bits(x))
		}
		w.Write(bytes)
	}
}

// allGiven says whether nothing of an ensemble is drawn.
func allGiven(e *soma.Ensemble) bool {
	if !given(e.Encoders) || !given(e.EvalPoints) {
		return false
	}
	if e.Gain != nil {
		return given(e.Gain) && given(e.Bias)
	}
	return given(e.Intercepts) && given(e.MaxRates)
}

func given(d dist.Distribution) bool {
	switch d.(type) {
	case dist.Samples, dist.Constant:
		return true
	}
	return false
}

// twins finds the systems that equal another one before them, which is solved in
// their place.
func (b *builder) twins(systems []*system) map[*system]*system {
	twin := map[*system]*system{}
	first := map[[sha256.Size]byte]*system{}
	for _, s := range systems {
		if s.err != nil {
			continue
		}
		key, ok := b.fingerprint(s)
		switch {
		case !ok:
		case first[key] == nil:
			first[key] = s
		default:
			twin[s] = first[key]
		}
	}
	return twin
}
