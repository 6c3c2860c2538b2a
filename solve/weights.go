package solve

// FullWeights is implemented by solvers that can be told to give, to a connection
// between ensembles, a weight for every pair of neurons: encoders, transform and
// decoders in one matrix. Learning rules between neurons then apply to it.
type FullWeights interface {
	Solver
	SolvesWeights() bool
}

// SolvesWeights implements FullWeights.
func (s LstsqL2) SolvesWeights() bool { return s.Weights }
