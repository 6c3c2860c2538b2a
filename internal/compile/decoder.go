package compile

import (
	"fmt"
	"math"
	"reflect"

	"soma"
	"soma/connect"
	"soma/dist"
	"soma/solve"
)

// decoderKey says which decoders may be shared: those of the same ensemble for
// the represented value itself, with the default evaluation points.
type decoderKey struct {
	ensemble *soma.Ensemble
	solver   solve.Solver
}

// decode asks for decoders.
type decode struct {
	ensemble *soma.Ensemble
	function func(x []float64) []float64 // nil: the values of the slice
	from     soma.Slice
	size     int // values of the function
	solver   solve.Solver
	points   dist.Distribution // nil: the ensemble's
	who      where             // for messages
	field    string
}

// decoderWeights solves for the weights from neurons to the function's values, as one
// row per value.
func (b *builder) decoderWeights(q decode) *connect.Matrix {
	key := decoderKey{q.ensemble, q.solver}
	shared := q.function == nil && q.from.All && q.points == nil && reflect.TypeOf(q.solver).Comparable()
	if shared {
		if d, ok := b.decoders[key]; ok {
			return rowPerValue(d, q.size)
		}
	}
	d := b.solveDecoders(q)
	if d == nil {
		return nil
	}
	if shared {
		b.decoders[key] = d
	}
	return rowPerValue(d, q.size)
}

func (b *builder) solveDecoders(q decode) []float64 {
	e := q.ensemble
	t := b.built.Tunings[e]
	if t == nil {
		return nil // the ensemble failed to build, and said so
	}
	points := b.evalPoints(q)
	if points == nil {
		return nil
	}
	targets := b.targets(q, points)
	if targets == nil {
		return nil
	}
	activity, err := t.Rates(e, points)
	var decoders []float64
	if err == nil {
		problem := solve.Problem{Points: len(points) / e.Dimensions, Neurons: e.N, Outputs: q.size, A: activity, Y: targets}
		decoders, err = q.solver.Solve(problem)
		if err == nil && len(decoders) != e.N*q.size {
			err = fmt.Errorf("the solver gave %d weights, %d needed", len(decoders), e.N*q.size)
		}
	}
	if err != nil {
		b.fail(q.who.at(q.field), q.who.path, q.field, err, "")
		return nil
	}
	return decoders
}

// evalPoints gives the points, in units of the radius.
func (b *builder) evalPoints(q decode) []float64 {
	e := q.ensemble
	if q.points == nil {
		o := where{e.Path(), e.FieldPosition}
		return b.draw(o, "eval_points", e.EvalPoints, e.Points(), e.Dimensions)
	}
	n := e.Points()
	if s, ok := q.points.(dist.Samples); ok {
		n = len(s)
	}
	return b.draw(q.who, "eval_points", q.points, n, e.Dimensions)
}

// targets evaluates the function at every point.
func (b *builder) targets(q decode, points []float64) []float64 {
	d := q.ensemble.Dimensions
	start, step, count := q.from.Range(d)
	targets := make([]float64, 0, len(points)/d*q.size)
	x := make([]float64, count)
	for p := 0; p < len(points); p += d {
		for i := range x {
			x[i] = float64(points[p+start+i*step] * q.ensemble.Radius)
		}
		y, err := evaluate(q.function, x, q.size)
		if err != nil {
			b.fail(q.who.at("function"), q.who.path, "function", err, "mend the function, or give eval_points where it is defined")
			return nil
		}
		targets = append(targets, y...)
	}
	return targets
}

// evaluate calls a user's function and checks what it returns.
func evaluate(f func([]float64) []float64, x []float64, size int) (y []float64, err error) {
	if f == nil {
		return x, nil
	}
	if err := soma.Call(func() { y = f(append([]float64(nil), x...)) }); err != nil {
		return nil, err
	}
	if len(y) != size {
		return nil, fmt.Errorf("it gives %d values for x = %.6g and %d for x = 0", len(y), x, size)
	}
	for i, v := range y {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil, fmt.Errorf("value %d is %g for x = %.6g", i, v, x)
		}
	}
	return y, nil
}

// rowPerValue turns decoders (neurons × values) around.
func rowPerValue(decoders []float64, size int) *connect.Matrix {
	d := &connect.Matrix{Rows: len(decoders) / size, Cols: size, Data: decoders}
	return d.Transposed()
}
