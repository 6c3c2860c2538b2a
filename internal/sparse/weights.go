package sparse

// Weights appends the weights of a projection whose synapses learn, target by
// target in the order of their numbers: those that a spike which arrives in the
// next step would find. It is false for any other projection.
func (n *Network) Weights(number int, weights []float64) ([]float64, bool) {
	for i, b := range n.bundles {
		if b.number != number || b.plastic.Rule == nil {
			continue
		}
		for _, p := range n.partitions { // whose targets follow one another
			s := p.stores[i]
			now := make([]float64, len(s.plastic.weights))
			s.now(int64(n.step)-1, now)
			var d drawer
			s.revisit(p.shares, &d, func(*projection, int) {
				for _, at := range d.places {
					weights = append(weights, now[at])
				}
			})
		}
		return weights, true
	}
	return weights, false
}
