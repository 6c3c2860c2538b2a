package compile

import (
	"fmt"

	"soma"
	"soma/connect"
	"soma/internal/program"
	"soma/neuron"
	"soma/synapse"
)

// connection leads from what the source gives, through transform and synapse, to
// the sum that the target reads.
func (b *builder) connection(conn *soma.Connection) {
	if conn.Rule != nil {
		b.synapses(conn)
		return
	}
	to, ok := b.inputs[conn.To.Of]
	if !ok {
		return // the target failed to build, and said so
	}
	to = slice(to, conn.To)
	path := conn.Path()
	b.voja(conn)
	if e, ok := conn.From.Of.(*soma.Ensemble); ok && !isDirect(e) {
		b.decoded(conn, e, to)
		return
	}
	from, ok := b.outputs[conn.From.Of]
	if !ok {
		return
	}
	from = slice(from, conn.From)
	if conn.Function != nil {
		from = b.computed(conn, from)
	}
	weights, scale := weightsOf(conn.Transform, from.Count, to.Count)
	if b.held(conn) {
		weights, scale = b.hold(conn, asMatrix(weights, scale, from.Count)), 0
	}
	if learns(conn) {
		b.weighted(conn, from, weights, to)
		return
	}
	// The filter works on whichever side has fewer values.
	if weights == nil || weights.Rows >= from.Count {
		from = b.filter(path, conn.Synapse, from, b.failSynapse(conn))
		b.program.Operate(&program.Product{Label: program.Label(path), From: from, To: to, Scale: scale, Weights: weights})
		return
	}
	b.filtered(conn, &program.Product{Label: program.Label(path), From: from, Scale: scale, Weights: weights}, to)
}

// decoded connects from the activity of an ensemble's neurons: decoders and
// transform become one matrix.
func (b *builder) decoded(conn *soma.Connection, e *soma.Ensemble, to program.View) {
	if b.built.Tunings[e] == nil {
		return // the ensemble failed to build, and said so
	}
	size, err := conn.FunctionSize()
	if err != nil {
		b.fail(conn.FieldPosition("function"), conn.Path(), "function", err, "mend the function")
		return
	}
	ask := decodeOf(conn, e, size)
	decoders := b.decoderWeights(ask)
	neurons, ok := b.outputs[e.Neurons]
	if decoders == nil || !ok {
		return
	}
	b.decoding(conn, ask, decoders)
	label := program.Label(conn.Path())
	weights, scale := weightsOf(conn.Transform, size, to.Count)
	if b.held(conn) {
		decoders = b.hold(conn, transformed(decoders, weights, scale))
		weights, scale = nil, 1
	}
	if learns(conn) {
		b.weighted(conn, neurons, decoders, to)
		return
	}
	if weights != nil && weights.Rows > size {
		// Decode the few values first, spread them afterwards.
		sum := b.program.Add(conn.Path()+" decoded", make([]float64, size))
		b.program.Operate(&program.Product{Label: label, From: neurons, To: sum, Weights: decoders})
		from := b.filter(conn.Path(), conn.Synapse, sum, b.failSynapse(conn))
		b.program.Operate(&program.Product{Label: label, From: from, To: to, Weights: weights})
		return
	}
	b.filtered(conn, &program.Product{Label: label, From: neurons, Weights: transformed(decoders, weights, scale)}, to)
}

func decodeOf(conn *soma.Connection, e *soma.Ensemble, size int) decode {
	return decode{
		owner: conn, ensemble: e, function: conn.Function, from: conn.From, size: size,
		solver: conn.Solver, points: conn.EvalPoints,
		who: where{conn.Path(), conn.FieldPosition}, field: "solver",
	}
}

// filtered adds a product to the target, through the connection's synapse.
func (b *builder) filtered(conn *soma.Connection, op *program.Product, to program.View) {
	if synapse.IsNone(conn.Synapse) {
		op.To = to
		b.program.Operate(op)
		return
	}
	op.To = b.program.Add(conn.Path()+" weighted", make([]float64, to.Count))
	b.program.Operate(op)
	from := b.filter(conn.Path(), conn.Synapse, op.To, b.failSynapse(conn))
	b.program.Operate(&program.Product{Label: op.Label, From: from, To: to, Scale: 1})
}

func (b *builder) failSynapse(conn *soma.Connection) func(error) {
	return func(err error) {
		b.fail(conn.FieldPosition("synapse"), conn.Path(), "synapse", err, "")
	}
}

// computed evaluates a connection's function of values that are there as they
// are: those of a node or of a Direct ensemble.
func (b *builder) computed(conn *soma.Connection, from program.View) program.View {
	size, err := conn.FunctionSize()
	if err != nil {
		b.fail(conn.FieldPosition("function"), conn.Path(), "function", err, "mend the function")
		return from
	}
	to := b.program.Add(conn.Path()+" function", make([]float64, size))
	f := conn.Function
	b.program.Operate(&program.Function{
		Label: program.Label(conn.Path()), From: from, To: to,
		F: func(_ float64, x, y []float64) {
			values := f(x)
			if len(values) != len(y) {
				panic(fmt.Errorf("the function gives %d values for x = %.6g and %d for x = 0", len(values), x, len(y)))
			}
			copy(y, values)
		},
	})
	return to
}

// weightsOf gives a transform as a matrix, or as one number for all values.
func weightsOf(t connect.Transform, in, out int) (*connect.Matrix, float64) {
	scale, isScale := t.(connect.Scale)
	if t == nil {
		scale, isScale = 1, true
	}
	switch {
	case !isScale:
		return t.Matrix(in), 0
	case in == out:
		return nil, float64(scale)
	}
	// One value drives every neuron alike.
	w := connect.NewMatrix(out, 1)
	for i := range w.Data {
		w.Data[i] = float64(scale)
	}
	return w, 0
}

// asMatrix writes a scale of n values as a matrix.
func asMatrix(weights *connect.Matrix, scale float64, n int) *connect.Matrix {
	if weights == nil {
		return connect.Scale(scale).Matrix(n)
	}
	return weights
}

// transformed applies a transform to decoders.
func transformed(decoders, weights *connect.Matrix, scale float64) *connect.Matrix {
	switch {
	case weights != nil:
		return weights.Times(decoders)
	case scale != 1:
		return decoders.Scaled(scale)
	}
	return decoders
}

func isDirect(e *soma.Ensemble) bool {
	_, direct := e.Neuron.(neuron.Direct)
	return direct
}
