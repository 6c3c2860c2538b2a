package solve

// FullWeights is implemented by solvers that can be told to give, to a connection
// between ensembles, a weight for every pair of neurons: encoders, transform and
// decoders in one matrix. Learning rules between neurons then apply to it.
type FullWeights interface {
	Solver
	SolvesWeights() bool
}

// A Pairwise solver solves for the weights of pairs of neurons themselves, with
// the input currents as targets: there they would be sparse, or not negative, and
// not where they are multiplied from decoders and encoders.
type Pairwise interface {
	FullWeights
	Pairwise()
}

// SolvesWeights implements FullWeights.
func (s LstsqL2) SolvesWeights() bool { return s.Weights }

// SolvesWeights implements FullWeights.
func (s LstsqL2nz) SolvesWeights() bool { return s.Weights }

// SolvesWeights implements FullWeights.
func (s Lstsq) SolvesWeights() bool { return s.Weights }

// SolvesWeights implements FullWeights.
func (s LstsqNoise) SolvesWeights() bool { return s.Weights }

// SolvesWeights implements FullWeights.
func (s None) SolvesWeights() bool { return s.Weights }

// SolvesWeights implements FullWeights.
func (s LstsqL1) SolvesWeights() bool { return s.Weights }

// SolvesWeights implements FullWeights.
func (s LstsqDrop) SolvesWeights() bool { return s.Weights }

// SolvesWeights implements FullWeights.
func (s NNLS) SolvesWeights() bool { return s.Weights }

// SolvesWeights implements FullWeights.
func (s NNLSL2) SolvesWeights() bool { return s.Weights }

// Pairwise implements Pairwise.
func (LstsqL1) Pairwise() {}

// Pairwise implements Pairwise.
func (LstsqDrop) Pairwise() {}

// Pairwise implements Pairwise.
func (NNLS) Pairwise() {}

// Pairwise implements Pairwise.
func (NNLSL2) Pairwise() {}

// SolvesWeights implements FullWeights.
func (s NNLSL2nz) SolvesWeights() bool { return s.Weights }

// SolvesWeights implements FullWeights.
func (s LstsqMultNoise) SolvesWeights() bool { return s.Weights }
