package compile

import (
	"soma"
	"soma/connect"
	"soma/internal/param"
	"soma/internal/program"
	"soma/learn"
)

// encodersLearn says whether a rule changes the encoders of an ensemble.
func (b *builder) encodersLearn(e *soma.Ensemble) (by *soma.Connection) {
	for _, net := range b.net.All() {
		for _, conn := range net.Connections {
			if conn.To.Of == soma.Endpoint(e) && !b.faulty[conn.Path()] && hasVoja(conn) {
				return conn
			}
		}
	}
	return nil
}

func hasVoja(conn *soma.Connection) bool {
	for _, rule := range conn.Learning {
		if _, is := rule.(learn.Voja); is {
			return true
		}
	}
	return false
}

// learnedEncoding leads from the represented vector to the currents through
// encoders that a rule changes.
func (b *builder) learnedEncoding(e *soma.Ensemble, by *soma.Connection, t *Tuning) {
	init := t.scaledEncoders(e)
	if loaded := b.loaded(by, "encoders", e.N, e.Dimensions); loaded != nil {
		init.Data = loaded
	}
	view := b.program.Add(e.Path()+" encoders", storedAs(init))
	b.learning.shapes[view.Signal] = [2]int{e.N, e.Dimensions}
	b.learning.encoders[e] = view
	b.built.Learned = append(b.built.Learned, Learned{
		Connection: b.learning.names[by], Name: "encoders", Shape: []int{e.N, e.Dimensions}, View: view,
	})
	b.program.Operate(&program.Weighting{
		Label: program.Label(e.Path()), From: b.inputs[e], To: b.inputs[e.Neurons], Weights: view,
	})
}

// voja adds what the rules of a connection change of the encoders at its end.
func (b *builder) voja(conn *soma.Connection) {
	e, ok := conn.To.Of.(*soma.Ensemble)
	if !ok || b.built.Tunings[e] == nil {
		return
	}
	t := b.built.Tunings[e]
	for k, rule := range conn.Learning {
		voja, is := param.Resolve(rule).(learn.Voja)
		if !is || !b.wanted(conn, k) {
			continue
		}
		change := program.Change{
			Kind: program.Voja, Rate: float64(voja.LearningRate * b.opts.Dt),
			Columns: b.inputs[e], Rows: b.trace(conn, voja.Post(), b.outputs[e.Neurons]), Switch: b.inputs[conn.LearningInput(k)],
		}
		for _, gain := range t.Gain {
			change.Scale = append(change.Scale, gain/e.Radius)
		}
		b.learn(conn, k, b.learning.encoders[e], change)
	}
}

// encodersOf are the scaled encoders of an ensemble, for some of its dimensions.
func (b *builder) encodersOf(e *soma.Ensemble, s soma.Slice) *connect.Matrix {
	return rowsOf(b.built.Tunings[e].scaledEncoders(e).Transposed(), s).Transposed()
}

// rowsOf are the rows of a slice.
func rowsOf(m *connect.Matrix, s soma.Slice) *connect.Matrix {
	start, step, count := s.Range(m.Rows)
	part := connect.NewMatrix(count, m.Cols)
	for i := range count {
		copy(part.Row(i), m.Row(start+i*step))
	}
	return part
}
