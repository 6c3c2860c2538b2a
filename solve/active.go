package solve

// active lists the neurons that respond at some point, and gives the problem of
// these alone.
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
	return spread(d, active, p.Neurons, p.Outputs)
}

func spread(d []float64, active []int, neurons, outputs int) []float64 {
	if len(active) == neurons {
		return d
	}
	all := make([]float64, neurons*outputs)
	for k, i := range active {
		copy(all[i*outputs:(i+1)*outputs], d[k*outputs:(k+1)*outputs])
	}
	return all
}
