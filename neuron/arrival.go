package neuron

// arrivals finds what arrives at a block's receptors.
type arrivals struct{ zeros []float64 }

// at returns the row of a receptor; zeros where the block has none because
// nothing is connected.
func (a *arrivals) at(b *Block, receptor int) []float64 {
	n := len(b.Input)
	if receptor < len(b.Arrived) && b.Arrived[receptor] != nil {
		return b.Arrived[receptor][:n]
	}
	if len(a.zeros) < n {
		a.zeros = make([]float64, n)
	}
	return a.zeros[:n]
}

// exIn are the receptors of models in which the sign of the weight chooses
// between an excitatory and an inhibitory synapse.
func exIn(unit string) []Receptor {
	return []Receptor{{Name: "ex", Unit: unit}, {Name: "in", Unit: unit}}
}
