package solve

// active lists the neurons that respond at some point, and gives the problem of
// these alone. A silent neuron adds nothing but zeros to the sums of the others,
// and its own weights are 0, so that leaving it out changes no bit of a result.
// In many dimensions most points are far from most encoders, and a third of the
// neurons may be silent.
func (p Problem) active() (neurons []int, of Problem) {
	low, high := p.extremes()
	for i := range p.Neurons {
		if low[i] != 0 || high[i] != 0 {
			neurons = append(neurons, i)
		}
	}
	if len(neurons) == p.Neurons {
		return neurons, p
	}
	of = Problem{Points: p.Points, Neurons: len(neurons), Outputs: p.Outputs, Y: p.Y, Stream: p.Stream, Threads: p.Threads}
	of.A = make([]float64, 0, p.Points*len(neurons))
	for point := range p.Points {
		row := p.A[point*p.Neurons : (point+1)*p.Neurons]
		for _, i := range neurons {
			of.A = append(of.A, row[i])
		}
	}
	return neurons, of
}

// spread gives the weights of all neurons from those of the active ones.
func (p Problem) spread(d []float64, active []int) []float64 {
	if len(active) == p.Neurons {
		return d
	}
	all := make([]float64, p.Neurons*p.Outputs)
	for k, i := range active {
		copy(all[i*p.Outputs:(i+1)*p.Outputs], d[k*p.Outputs:(k+1)*p.Outputs])
	}
	return all
}
