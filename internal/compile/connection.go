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
	if conn.Modulates() {
		b.modulators = append(b.modulators, conn)
		return
	}
	to, ok := b.inputs[conn.To.Of]
	if !ok {
		return // the target failed to build, and said so
	}
	to = slice(to, conn.To)
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
	l, ok := b.transform(conn, from.Count, to.Count)
	if !ok {
		return
	}
	if b.held(conn) {
		if !b.affordable(conn, l.rows, l.cols) {
			return
		}
		l = matrix(b.hold(conn, l.matrix()))
	}
	b.built.Weights[conn] = l.matrix
	if learns(conn) {
		b.weighted(conn, from, l.dense, to)
		return
	}
	l = l.scaledRows(b.gains(conn))
	if !perValue(conn) && b.filtersFirst(l, from) {
		b.multiply(conn.Path(), l, b.dynamics(conn, from), to)
		return
	}
	b.filtered(conn, l, from, to)
}

// filtersFirst says whether the synapse works before the transform: on whichever
// side there are fewer values. Spikes are transformed first, because then only
// the neurons that fired are of account.
func (b *builder) filtersFirst(l linear, from program.View) bool {
	if b.program.Signals[from.Signal].Spikes && (l.dense != nil || l.sparse != nil) {
		return false
	}
	return l.rows >= l.cols
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
	ask := b.pairwise(conn, decodeOf(conn, e, size))
	decoders := b.loadedDecoders(conn, ask)
	if decoders == nil {
		decoders = b.decoderWeights(ask)
	}
	neurons, ok := b.outputs[e.Neurons]
	if decoders == nil || !ok {
		return
	}
	b.decoding(conn, ask, decoders)
	l, ok := b.transform(conn, size, to.Count)
	if !ok {
		return
	}
	if conn.FullWeights() {
		into := conn.To.Of.(*soma.Ensemble)
		if to, ok = b.inputs[into.Neurons]; !ok || !b.affordable(conn, into.N, e.N) {
			return // the target failed to build, and said so
		}
		if ask.currents == nil {
			decoders = b.encodersOf(into, conn.To).Times(l.after(decoders))
		}
		l = scaled(decoders.Rows, 1)
	}
	if b.held(conn) {
		decoders = b.hold(conn, l.after(decoders))
		l = scaled(decoders.Rows, 1)
	}
	whole := l // before the gains
	b.built.Weights[conn] = func() *connect.Matrix { return whole.after(decoders) }
	if learns(conn) {
		b.weighted(conn, neurons, decoders, to)
		return
	}
	l = l.scaledRows(b.gains(conn))
	if perValue(conn) || l.sparse == nil && (l.dense == nil || l.rows <= l.cols) {
		b.filtered(conn, matrix(l.after(decoders)), neurons, to)
		return
	}
	// Decode the few values first, spread them afterwards.
	sum := b.program.Add(conn.Path()+" decoded", make([]float64, l.cols))
	b.multiply(conn.Path(), matrix(decoders), neurons, sum)
	b.multiply(conn.Path(), l, b.dynamics(conn, sum), to)
}

func decodeOf(conn *soma.Connection, e *soma.Ensemble, size int) decode {
	return decode{
		owner: conn, ensemble: e, function: conn.Function, values: conn.FunctionValues, from: conn.From, size: size,
		solver: conn.Solver, points: conn.EvalPoints,
		who: where{conn.Path(), conn.FieldPosition}, field: "solver",
	}
}

// perValue says whether each value of the target has a synapse of its own.
func perValue(conn *soma.Connection) bool {
	_, each := conn.Synapse.(synapse.Each)
	return each
}

// filtered adds a product to the target, through the connection's synapse and
// delay.
func (b *builder) filtered(conn *soma.Connection, l linear, from, to program.View) {
	if synapse.IsNone(conn.Synapse) && conn.Delay == nil {
		b.multiply(conn.Path(), l, from, to)
		return
	}
	sum := b.program.Add(conn.Path()+" weighted", make([]float64, to.Count))
	b.multiply(conn.Path(), l, from, sum)
	b.multiply(conn.Path(), scaled(to.Count, 1), b.dynamics(conn, sum), to)
}

// dynamics passes a view through the connection's synapse, then its delay.
func (b *builder) dynamics(conn *soma.Connection, from program.View) program.View {
	from = b.filter(conn.Path(), conn.Synapse, from, b.failSynapse(conn))
	delay, ok := conn.Delay.(connect.Constant)
	if !ok {
		return from
	}
	to := b.program.Add(conn.Path()+" delayed", make([]float64, from.Count))
	b.program.Operate(&program.Delay{Label: program.Label(conn.Path()), From: from, To: to, Steps: int(b.delaySteps(float64(delay)))})
	return to
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

func isDirect(e *soma.Ensemble) bool {
	_, direct := e.Neuron.(neuron.Direct)
	return direct
}
