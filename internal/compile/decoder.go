package compile

import (
	"fmt"
	"math"
	"reflect"
	"slices"

	"soma"
	"soma/connect"
	"soma/dist"
	"soma/solve"
)

// decode asks for decoders.
type decode struct {
	owner    any // connection or probe
	ensemble *soma.Ensemble
	function func(x []float64) []float64 // nil: the values of the slice
	values   [][]float64                 // of the function at the points, in its place
	from     soma.Slice
	size     int // values of the function
	solver   solve.Solver
	points   dist.Distribution // nil: the ensemble's
	currents *connect.Matrix   // of what the function's values drive, when these are solved for
	who      where             // for messages
	field    string
}

// decoderKey says which decoders may be shared: those of the same ensemble for
// the represented value itself, with the default evaluation points. Others
// belong to the connection or probe that asks.
type decoderKey struct {
	ensemble *soma.Ensemble
	solver   solve.Solver
	owner    any
}

func (q decode) key() decoderKey {
	if q.function == nil && q.values == nil && q.currents == nil && q.from.All && q.points == nil && isComparable(q.solver) {
		return decoderKey{ensemble: q.ensemble, solver: q.solver}
	}
	return decoderKey{ensemble: q.ensemble, owner: q.owner}
}

func isComparable(s solve.Solver) bool { return s != nil && reflect.ValueOf(s).Comparable() }

// decoderWeights gives the weights from neurons to the function's values, as one
// row per value: those that findDecoders has found, or new ones.
func (b *builder) decoderWeights(q decode) *connect.Matrix {
	if b.built.Tunings[q.ensemble] == nil {
		return nil // the ensemble failed to build, and said so
	}
	d, found := b.decoders[q.key()]
	if !found {
		b.findDecoders([]decode{q})
		d = b.decoders[q.key()]
	}
	if d == nil {
		return nil
	}
	return rowPerValue(d, q.size)
}

// evalPoints draws the points, in units of the radius.
func (b *builder) evalPoints(q decode) ([]float64, error) {
	e := q.ensemble
	d, n, path := e.EvalPoints, e.Points(), e.Path()
	if q.points != nil {
		d, path = q.points, q.who.path
		if s, ok := d.(dist.Samples); ok {
			n = len(s)
		}
	}
	return b.values(path, "eval_points", d, n, e.Dimensions)
}

// targets evaluates the function at every point.
func targets(q decode, points []float64) (targets []float64, err error) {
	size := q.size
	if q.currents != nil {
		size = q.currents.Cols
		defer func() {
			if err == nil {
				targets = currentsOf(q.currents, targets)
			}
		}()
	}
	if q.values != nil {
		return slices.Concat(q.values...), nil
	}
	d := q.ensemble.Dimensions
	start, step, count := q.from.Range(d)
	x := make([]float64, len(points)/d*count)
	for p := range len(points) / d {
		for i := range count {
			x[p*count+i] = float64(points[p*d+start+i*step] * q.ensemble.Radius)
		}
	}
	if q.function == nil {
		return x, nil
	}
	targets = make([]float64, 0, len(points)/d*size)
	given := slices.Clone(x) // the function may do with it what it likes
	called := soma.Call(func() {
		for at := 0; at < len(x) && err == nil; at += count {
			y := q.function(given[at : at+count : at+count])
			err = checkTarget(x[at:at+count], y, size)
			targets = append(targets, y...)
		}
	})
	if called != nil {
		return nil, called
	}
	return targets, err
}

// checkTarget checks what a user's function returns.
func checkTarget(x, y []float64, size int) error {
	if len(y) != size {
		return fmt.Errorf("it gives %d values for x = %.6g and %d for x = 0", len(y), x, size)
	}
	for i, v := range y {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return fmt.Errorf("value %d is %g for x = %.6g", i, v, x)
		}
	}
	return nil
}

// rowPerValue turns decoders (neurons × values) around.
func rowPerValue(decoders []float64, size int) *connect.Matrix {
	d := &connect.Matrix{Rows: len(decoders) / size, Cols: size, Data: decoders}
	return d.Transposed()
}
