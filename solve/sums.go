package solve

import (
	"fmt"
	"slices"

	"soma/internal/kernel"
)

// BySums is how a solver solves that needs no more of the activities than sums over
// the points: these are computed some at a time and need not be kept. It is nil for
// other solvers.
func BySums(s Solver) func(*Sums) ([]float64, error) {
	switch s := s.(type) { // of these types themselves: what contains one may do something else
	case LstsqL2:
		return s.solve
	case LstsqL2nz:
		return s.solve
	case LstsqL1:
		return s.solve
	case NNLS:
		return s.solve
	case NNLSL2:
		return s.solve
	case NNLSL2nz:
		return s.solve
	}
	return nil
}

// Activities are activities of neurons (Hz) that are computed when they are needed,
// for 32 neurons at a time.
type Activities interface {
	// Arrange makes neuron order[i] the i-th, from now on.
	Arrange(order []int)
	// Fill sets x[32k+i] to the activity at point first+k of neuron 32·strip+i, for
	// all points k of x, of which there are at most 64; first is a multiple of 8.
	// Neurons that do not exist are of no account. It may be called for several strips at
	// the same time.
	Fill(x []float64, strip, first int)
}

// Sums is what the activities A and the targets Y of a problem add up to: AᵀA and AᵀY.
type Sums struct {
	Points, Neurons, Outputs int

	a       Activities
	targets []float64
	threads int
	sums    *kernel.Sums
	active  []int // neurons that respond at some point
	blank   bool  // the targets are all 0, and nothing has been added up yet
}

// Sum adds up. The targets are stored point by point; the result does not depend on
// the number of threads.
func Sum(points, neurons, outputs int, a Activities, targets []float64, threads int) *Sums {
	s := &Sums{Points: points, Neurons: neurons, Outputs: outputs, a: a, targets: targets, threads: threads}
	s.blank = !slices.ContainsFunc(targets, func(y float64) bool { return y != 0 })
	if s.blank {
		s.sums = kernel.Look(kernel.Best(), threads, a, points, neurons)
	} else {
		s.add()
	}
	for i := range neurons {
		if s.sums.Low[i] != 0 || s.sums.High[i] != 0 {
			s.active = append(s.active, i)
		}
	}
	return s
}

func (s *Sums) add() {
	s.sums = kernel.Sum(kernel.Best(), s.threads, s.a, s.Points, s.Neurons, s.targets, s.Outputs)
	s.blank = false
}

// Sums adds up the activities of a problem.
func (p Problem) Sums() *Sums {
	return Sum(p.Points, p.Neurons, p.Outputs, &known{a: p.A, neurons: p.Neurons}, p.Y, p.Threads)
}

// known are activities that have been computed.
type known struct {
	a       []float64
	neurons int
	order   []int
}

func (k *known) Arrange(order []int) { k.order = order }

func (k *known) Fill(x []float64, strip, first int) {
	const columns = 32
	neurons := k.order[strip*columns : min((strip+1)*columns, k.neurons)]
	for ; len(x) > 0; x, first = x[columns:], first+1 {
		row := k.a[first*k.neurons : (first+1)*k.neurons]
		for i, neuron := range neurons {
			x[i] = row[neuron]
		}
	}
}

// silent is an error where there is nothing to solve with.
func (s *Sums) silent() error {
	if len(s.active) == 0 {
		return fmt.Errorf("no neuron is active at any evaluation point; lower the intercepts or widen the evaluation points")
	}
	return nil
}

// highest is the highest activity.
func (s *Sums) highest() (highest float64) {
	for _, x := range s.sums.High {
		highest = max(highest, x)
	}
	return highest
}

// largest is the highest activity, of whatever sign.
func (s *Sums) largest() float64 {
	largest := s.highest()
	for _, x := range s.sums.Low {
		largest = max(largest, -x)
	}
	return largest
}

// byUse is the regularisation σ² of each active neuron at every point at which it is
// active.
func (s *Sums) byUse(sigma float64) []float64 {
	r := make([]float64, len(s.active))
	for k, i := range s.active {
		r[k] = float64(float64(s.sums.Used[i]) * float64(sigma*sigma))
	}
	return r
}

// ridge solves (AᵀA + R) D = AᵀY by Cholesky's method; false if the matrix is not
// positive definite. R has r on its diagonal, one for all or one for each active
// neuron. A silent neuron adds nothing but zeros to the sums of the others, and its
// own weights are 0, so that leaving it out changes no bit of a result. In many
// dimensions most points are far from most encoders, and a third of the neurons may
// be silent. Where all targets are 0, as those of what is learnt from nothing, so are
// all weights.
func (s *Sums) ridge(r ...float64) (d []float64, ok bool) {
	if s.blank && slices.Min(r) > 0 {
		return make([]float64, s.Neurons*s.Outputs), true
	}
	if s.blank {
		s.add()
	}
	level, gram := kernel.Best(), s.sums.Gram(s.active)
	for i := range s.active {
		gram.Set(i, i, gram.At(i, i)+r[min(i, len(r)-1)])
	}
	if !gram.Factor(level, s.threads) {
		return nil, false
	}
	d = s.sums.Products(s.active)
	gram.Solve(level, s.threads, d, s.Outputs)
	return s.spread(d), true
}

// normal is AᵀA, whole, and AᵀY, of the active neurons.
func (s *Sums) normal() (g, c []float64) {
	if s.blank {
		s.add()
	}
	return s.sums.Gram(s.active).Full(), s.sums.Products(s.active)
}

// spread gives the weights of all neurons from those of the active ones.
func (s *Sums) spread(d []float64) []float64 { return spread(d, s.active, s.Neurons, s.Outputs) }
