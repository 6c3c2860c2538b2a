package connect

import "fmt"

// ByDistance is a weight or delay that depends on the distance between the two
// neurons. They need [Positions].
type ByDistance struct{ Profile Profile }

// A Located value depends on where neurons are: it must be located before its
// bounds are known and numbers can be had from it.
type Located interface {
	Value
	// In gives the value for the synapses of a plan between a pair.
	In(pair Pair, plan Plan) (Value, error)
}

// Locate gives a value for the synapses of a plan between a pair: itself, unless
// it is Located.
func Locate(v Value, pair Pair, plan Plan) (Value, error) {
	if l, ok := v.(Located); ok {
		return l.In(pair, plan)
	}
	return v, nil
}

// In implements Located.
func (b ByDistance) In(pair Pair, plan Plan) (Value, error) {
	if b.Profile == nil {
		return nil, fmt.Errorf("no function of the distance; give one")
	}
	s, err := pair.space()
	if err != nil {
		return nil, err
	}
	longest := s.longest()
	if plan.Reach > 0 {
		longest = min(longest, plan.Reach)
	}
	c, err := b.Profile.Over(longest)
	return located{c, s, longest}, err
}

// Check implements Value.
func (ByDistance) Check(Plan) error { return errLocate }

// Bounds implements Value: none are known yet.
func (ByDistance) Bounds() (low, high float64) { return located{}.Bounds() }

// Fill implements Value; only the located value has numbers.
func (ByDistance) Fill(Synapses, []float64) {}

var errLocate = fmt.Errorf("it depends on the distance; locate it first")

// located is ByDistance in a space.
type located struct {
	Curve
	space   *space
	longest float64
}

// Check implements Value.
func (l located) Check(Plan) error { return nil }

// Bounds implements Value.
func (l located) Bounds() (low, high float64) { return l.Low, l.High }

// Fill implements Value.
func (l located) Fill(s Synapses, values []float64) {
	for i, source := range s.Sources {
		values[i] = l.At(min(l.space.distance(s.Target, source), l.longest))
	}
}
