package solve

import (
	"math"
	"slices"

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

// shortest solves by singular values. It turns the rows of Aᵀ or, where there are
// fewer points than neurons, of A until they are at right angles: they are then
// the singular vectors of one side, each times its singular value s. Those of the
// other side follow by A itself, so that the weights are
//
//	D = Aᵀ Σ w (w·Y)/s⁴,   or D = Σ w (w·AᵀY)/s⁴.
func shortest(p Problem, rcond float64) []float64 {
	level, fat := kernel.Best(), p.Points < p.Neurons
	w, y := newTurned(transposed(p.A, p.Points, p.Neurons), p.Neurons), p.Y
	if fat {
		w, y = newTurned(slices.Clone(p.A), p.Points), correlate(level, p)
	}
	w.turn(rcond)
	z := make([]float64, w.columns*p.Outputs)
	targets := transposed(y, w.columns, p.Outputs)
	largest := slices.Max(w.size)
	for i, size := range w.size { // squares of the singular values
		if !(math.Sqrt(size) > float64(rcond*math.Sqrt(largest))) {
			continue
		}
		row := w.row(i)
		for k := range p.Outputs {
			share := kernel.Dot(level, row, targets[k*w.columns:(k+1)*w.columns]) / size / size
			kernel.Axpy(level, z[k*w.columns:(k+1)*w.columns], share, row)
		}
	}
	z = transposed(z, p.Outputs, w.columns)
	if fat {
		return z
	}
	p.Y = z
	return correlate(level, p)
}

// turned are rows that are brought to right angles. The rows are factor times
// what is stored, so that a rotation takes two additions of vectors.
type turned struct {
	rows         []float64
	columns      int
	factor, size []float64 // size: the square of the length
	level        kernel.Level
	before       []float64
}

func newTurned(rows []float64, n int) *turned {
	t := &turned{rows: rows, columns: len(rows) / n, factor: make([]float64, n), size: make([]float64, n), level: kernel.Best()}
	t.before = make([]float64, t.columns)
	for i := range t.factor {
		t.factor[i] = 1
	}
	return t
}

func (t *turned) row(i int) []float64 { return t.rows[i*t.columns : (i+1)*t.columns] }

// turn goes over all pairs of rows, in sweeps, until none has to be turned any
// more. What is far below the singular values that count need not be exact.
func (t *turned) turn(rcond float64) {
	const sweeps, enough = 40, 1e-15
	for range sweeps {
		t.measure()
		floor := float64(slices.Max(t.size) * float64(0.01*rcond) * float64(0.01*rcond))
		rotated := false
		for i := range t.size {
			for j := i + 1; j < len(t.size); j++ {
				product := float64(kernel.Dot(t.level, t.row(i), t.row(j)) * float64(t.factor[i]*t.factor[j]))
				if math.Abs(product) > enough*math.Sqrt(float64(max(t.size[i], floor)*max(t.size[j], floor))) {
					t.rotate(i, j, product)
					rotated = true
				}
			}
		}
		if !rotated {
			return
		}
	}
	t.measure()
}

// measure multiplies the factors in and takes the sizes anew.
func (t *turned) measure() {
	for i := range t.size {
		t.multiply(i)
		t.size[i] = kernel.Dot(t.level, t.row(i), t.row(i))
	}
}

func (t *turned) multiply(i int) {
	row := t.row(i)
	for k := range row {
		row[k] = float64(row[k] * t.factor[i])
	}
	t.factor[i] = 1
}

// settle multiplies a factor in before it becomes too small for a number.
func (t *turned) settle(i int) {
	if t.factor[i] < 1e-100 {
		t.multiply(i)
	}
}

// rotate makes two rows with the given product perpendicular.
func (t *turned) rotate(i, j int, product float64) {
	t.settle(i)
	t.settle(j)
	a, b := t.row(i), t.row(j)
	zeta := (t.size[j] - t.size[i]) / float64(2*product)
	tangent := math.Copysign(1/(math.Abs(zeta)+math.Sqrt(1+float64(zeta*zeta))), zeta)
	ratio := t.factor[j] / t.factor[i]
	copy(t.before, a)
	kernel.Axpy(t.level, a, -float64(tangent*ratio), b)
	kernel.Axpy(t.level, b, tangent/ratio, t.before)
	cosine := 1 / math.Sqrt(1+float64(tangent*tangent))
	t.factor[i] = float64(t.factor[i] * cosine)
	t.factor[j] = float64(t.factor[j] * cosine)
	moved := float64(tangent * product)
	t.size[i], t.size[j] = max(0, t.size[i]-moved), max(0, t.size[j]+moved)
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
