package connect

import "fmt"

// Given is a weight for each synapse that a rule has drawn, target by target in
// the order of their numbers: what another simulation of the same connection has
// learned.
type Given struct {
	Values []float64
	// Offsets is where the values of each target begin.
	Offsets []int
}

// Check implements Value.
func (g Given) Check(Plan) error {
	for i, x := range g.Values {
		if err := finite(fmt.Sprintf("value %d", i), x); err != nil {
			return err
		}
	}
	return nil
}

// Bounds implements Value.
func (g Given) Bounds() (low, high float64) { return Array(g.Values).Bounds() }

// Fill implements Value.
func (g Given) Fill(s Synapses, values []float64) { copy(values, g.Values[g.Offsets[s.Target]:]) }
