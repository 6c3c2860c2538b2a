package solve

import (
	"math"

	"soma/internal/kernel"
	"soma/internal/param"
)

// Lstsq is least squares without regularisation: the shortest of the weights that
// minimise ‖A·D − Y‖, from the singular value decomposition of A. Singular values
// below Rcond times the largest are left out, which keeps weights small where
// neurons are nearly alike. The decomposition is by one-sided Jacobi rotations
// (M. Hestenes, J. SIAM 6:51, 1958): meant for hundreds of neurons rather than
// thousands.
type Lstsq struct {
	Rcond float64 `param:"rcond" default:"0.01" check:"0..1" doc:"singular values below this part of the largest are left out"`
	// Weights: see FullWeights.
	Weights bool `param:"weights" doc:"True: to an ensemble, a weight for every pair of neurons in place of decoders and encoders"`
}

// Separable implements Separable.
func (Lstsq) Separable() {}

// Solve implements Solver.
func (s Lstsq) Solve(p Problem) ([]float64, error) {
	s = param.Resolve(s)
	if err := p.silent(); err != nil {
		return nil, err
	}
	active, q := p.active()
	return p.spread(shortest(q, s.Rcond), active), nil
}

// shortest solves by singular values. It rotates the rows of a matrix W, which
// is Aᵀ or, where there are fewer points than neurons, A, until they are at right
// angles; V keeps the rotations, so that V·W₀ = W = S·U.
func shortest(p Problem, rcond float64) []float64 {
	rows, columns := p.Neurons, p.Points
	w := transposed(p.A, p.Points, p.Neurons)
	fat := p.Points < p.Neurons
	if fat {
		rows, columns = p.Points, p.Neurons
		copy(w, p.A)
	}
	v := make([]float64, rows*rows)
	for i := range rows {
		v[i*rows+i] = 1
	}
	rotate(w, v, rows, columns)

	sizes, largest := make([]float64, rows), 0.0
	for i := range rows {
		sizes[i] = kernel.Dot(kernel.Best(), w[i*columns:(i+1)*columns], w[i*columns:(i+1)*columns])
		largest = max(largest, sizes[i])
	}
	d := make([]float64, p.Neurons*p.Outputs)
	y := transposed(p.Y, p.Points, p.Outputs)
	for i, size := range sizes { // squares of the singular values
		if !(math.Sqrt(size) > float64(rcond*math.Sqrt(largest))) {
			continue
		}
		left, right := v[i*rows:(i+1)*rows], w[i*columns:(i+1)*columns] // neurons, points
		if fat {
			left, right = right, left
		}
		for k := range p.Outputs {
			share := kernel.Dot(kernel.Best(), right, y[k*p.Points:(k+1)*p.Points]) / size
			for n, x := range left {
				d[n*p.Outputs+k] += float64(share * x)
			}
		}
	}
	return d
}

// rotate brings the rows of w to right angles, pair by pair, in sweeps.
func rotate(w, v []float64, rows, columns int) {
	const sweeps, enough = 60, 1e-15
	level := kernel.Best()
	row := func(m []float64, i, width int) []float64 { return m[i*width : (i+1)*width] }
	for range sweeps {
		rotated := false
		for i := range rows {
			for j := i + 1; j < rows; j++ {
				a, b := row(w, i, columns), row(w, j, columns)
				aa, bb, ab := kernel.Dot(level, a, a), kernel.Dot(level, b, b), kernel.Dot(level, a, b)
				if math.Abs(ab) <= enough*math.Sqrt(float64(aa*bb)) {
					continue
				}
				rotated = true
				zeta := (bb - aa) / float64(2*ab)
				t := 1 / (math.Abs(zeta) + math.Sqrt(1+float64(zeta*zeta)))
				t = math.Copysign(t, zeta)
				c := 1 / math.Sqrt(1+float64(t*t))
				s := float64(c * t)
				turn(a, b, c, s)
				turn(row(v, i, rows), row(v, j, rows), c, s)
			}
		}
		if !rotated {
			return
		}
	}
}

func turn(a, b []float64, c, s float64) {
	for k, x := range a {
		y := b[k]
		a[k] = float64(c*x) - float64(s*y)
		b[k] = float64(s*x) + float64(c*y)
	}
}

func transposed(m []float64, rows, columns int) []float64 {
	t := make([]float64, len(m))
	for i := range rows {
		for j := range columns {
			t[j*rows+i] = m[i*columns+j]
		}
	}
	return t
}
