package compile

import (
	"errors"
	"fmt"
	"slices"

	"soma"
	"soma/connect"
	"soma/internal/param"
	"soma/internal/program"
	"soma/learn"
	"soma/synapse"
)

// learning is what a builder knows of connections that learn, or whose weights
// somebody looks at.
type learning struct {
	// names are the paths of connections, each with a number of its own after the
	// first of several between the same objects.
	names  map[*soma.Connection]string
	loaded map[string]learn.State // by name
	probed map[*soma.Connection]bool

	weights  map[*soma.Connection]program.View
	shapes   map[program.Signal][2]int       // of weights that carry values, and encoders
	encoders map[*soma.Ensemble]program.View // of those that a rule changes
	rules    map[program.Signal]*program.Learn
	// variables of rules that somebody looks at.
	variables map[soma.LearningInput]*program.Change
}

// prepareLearning finds out which weights must be held in signals, and makes the
// inputs of learning rules.
func (b *builder) prepareLearning() {
	b.learning = learning{
		names: map[*soma.Connection]string{}, loaded: map[string]learn.State{}, probed: map[*soma.Connection]bool{},
		weights: map[*soma.Connection]program.View{}, encoders: map[*soma.Ensemble]program.View{},
		rules: map[program.Signal]*program.Learn{}, shapes: map[program.Signal][2]int{},
		variables: map[soma.LearningInput]*program.Change{},
	}
	for _, state := range b.opts.Learned {
		b.learning.loaded[state.Connection] = state
	}
	count := map[string]int{}
	for _, net := range b.net.All() {
		for _, conn := range net.Connections {
			path := conn.Path()
			count[path]++
			b.learning.names[conn] = path
			if n := count[path]; n > 1 {
				b.learning.names[conn] = fmt.Sprintf("%s#%d", path, n)
			}
			if !b.faulty[path] {
				b.learningInputs(conn)
			}
		}
		for _, p := range net.Probes {
			switch of := p.Target.Of.(type) {
			case *soma.Connection:
				b.learning.probed[of] = true
			case soma.LearningInput:
				b.learning.variables[of] = nil
			}
		}
	}
	b.checkLoaded()
}

// checkLoaded reports what was loaded for connections that there are not.
func (b *builder) checkLoaded() {
	known := map[string]bool{}
	for _, name := range b.learning.names {
		known[name] = true
	}
	for _, state := range b.opts.Learned {
		if !known[state.Connection] {
			b.fail(soma.Position{}, state.Connection, "weights", fmt.Errorf("weights were loaded for this connection, and the network has none of this name"), "load what the same network has learned")
		}
	}
}

// learningInputs adds the sums that drive the rules of a connection.
func (b *builder) learningInputs(conn *soma.Connection) {
	for k, rule := range conn.Learning {
		in := conn.LearningInput(k)
		init := make([]float64, in.Size())
		if rule.Spec().Input == learn.OneValue {
			init[0] = 1
		}
		if len(init) > 0 {
			b.inputs[in] = b.program.Add(in.Path(), init)
		}
	}
}

// learns says whether rules change the weights of a connection that carries
// values; where learning is frozen, whether they would.
func learns(conn *soma.Connection) bool {
	for _, rule := range conn.Learning {
		if _, encoders := rule.(learn.Voja); !encoders {
			return true
		}
	}
	return false
}

// hold puts weights into a signal, when rules change them or somebody looks at
// them; what was loaded takes their place in both.
func (b *builder) hold(conn *soma.Connection, weights *connect.Matrix) *connect.Matrix {
	loaded := b.loaded(conn, "weights", weights.Rows, weights.Cols)
	if loaded != nil {
		weights = &connect.Matrix{Rows: weights.Rows, Cols: weights.Cols, Data: loaded}
	}
	b.learning.weights[conn] = b.program.Add(conn.Path()+" weights", storedAs(weights))
	b.learning.shapes[b.learning.weights[conn].Signal] = [2]int{weights.Rows, weights.Cols}
	if learns(conn) {
		b.built.Learned = append(b.built.Learned, Learned{
			Of: conn, Connection: b.learning.names[conn], Name: "weights", Shape: []int{weights.Rows, weights.Cols}, View: b.learning.weights[conn],
		})
	}
	return weights
}

// held says whether the weights of a connection must be held in a signal.
func (b *builder) held(conn *soma.Connection) bool {
	return learns(conn) || b.learning.probed[conn] || b.hasLoaded(conn, "weights")
}

// hasLoaded says whether an array of this name was loaded for a connection.
func (b *builder) hasLoaded(conn *soma.Connection, name string) bool {
	return b.learning.loaded[b.learning.names[conn]].Array(name) != nil
}

// loadedDecoders are decoders that take the place of those that would be solved;
// nil when there are none.
func (b *builder) loadedDecoders(conn *soma.Connection, q decode) *connect.Matrix {
	loaded := b.loaded(conn, "decoders", q.size, q.ensemble.N)
	if loaded == nil {
		return nil
	}
	return &connect.Matrix{Rows: q.size, Cols: q.ensemble.N, Data: loaded}
}

// loaded gives an array that was loaded for a connection; nil when there is none,
// or it has another shape.
func (b *builder) loaded(conn *soma.Connection, name string, shape ...int) []float64 {
	array := b.learning.loaded[b.learning.names[conn]].Array(name)
	if array == nil {
		return nil
	}
	problem := ""
	if !slices.Equal(array.Shape, shape) {
		problem = fmt.Sprintf("the loaded %s have the shape %s, this connection %s", name, shapeText(array.Shape), shapeText(shape))
	} else if n := product(shape); len(array.Data) != n {
		problem = fmt.Sprintf("%d numbers were loaded as %s, %d are needed", len(array.Data), name, n)
	} else if k := slices.IndexFunc(array.Data, func(x float64) bool { return x-x != 0 }); k >= 0 {
		problem = fmt.Sprintf("number %d of the loaded %s is %g", k, name, array.Data[k])
	}
	if problem != "" {
		b.fail(conn.FieldPosition("learning"), conn.Path(), "learning", errors.New(problem), "load what the same network has learned")
		return nil
	}
	return slices.Clone(array.Data)
}

func product(shape []int) int {
	n := 1
	for _, k := range shape {
		n *= k
	}
	return n
}

func shapeText(shape []int) string {
	text := ""
	for i, n := range shape {
		if i > 0 {
			text += " × "
		}
		text += fmt.Sprint(n)
	}
	return text
}

// weighted leads from values through weights that rules change, and the
// connection's synapse, to the target.
func (b *builder) weighted(conn *soma.Connection, from program.View, weights *connect.Matrix, to program.View) {
	path := conn.Path()
	sum := b.program.Add(path+" weighted", make([]float64, weights.Rows))
	b.program.Operate(&program.Weighting{Label: program.Label(path), From: from, To: sum, Weights: b.learning.weights[conn]})
	b.multiply(path, scaled(to.Count, 1).scaledRows(b.gains(conn)), b.dynamics(conn, sum), to)
	b.rules(conn, from)
}

// rules adds what the rules change of a connection's weights.
func (b *builder) rules(conn *soma.Connection, from program.View) {
	for k, rule := range conn.Learning {
		if !b.wanted(conn, k) {
			continue
		}
		change, ok := b.change(conn, k, rule, from)
		if ok {
			b.learn(conn, k, b.learning.weights[conn], change)
		}
	}
}

// wanted says whether a rule is to be built: one that is frozen only when somebody
// looks at its variables.
func (b *builder) wanted(conn *soma.Connection, k int) bool {
	_, probed := b.learning.variables[conn.LearningInput(k)]
	return probed || !b.opts.Freeze
}

// learn adds a change to those of a signal.
func (b *builder) learn(conn *soma.Connection, k int, weights program.View, change program.Change) {
	if _, probed := b.learning.variables[conn.LearningInput(k)]; probed {
		b.learning.variables[conn.LearningInput(k)] = &change
	}
	if b.opts.Freeze {
		return
	}
	op := b.learning.rules[weights.Signal]
	if op == nil {
		op = &program.Learn{Label: program.Label(conn.Path()), Weights: weights, Rows: weights.Count / max(change.Columns.Count, 1)}
		b.learning.rules[weights.Signal] = op
		b.program.Operate(op)
	}
	op.Changes = append(op.Changes, change)
}

// change is what one rule adds to a connection's weights.
func (b *builder) change(conn *soma.Connection, k int, rule learn.Rule, from program.View) (change program.Change, ok bool) {
	perStep := func(rate float64) float64 { return float64(rate * b.opts.Dt) }
	switch rule := param.Resolve(rule).(type) {
	case learn.PES:
		change = program.Change{Kind: program.PES, Rate: perStep(rule.LearningRate) / float64(from.Count)}
		change.Columns, change.Rows = b.trace(conn, rule.Pre(), from), b.localError(conn, k)
	case learn.RLS:
		change = program.Change{Kind: program.RLS, Rate: perStep(rule.LearningRate) / float64(from.Count)}
		change.Columns, change.Rows = b.trace(conn, rule.Pre(), from), b.localError(conn, k)
		change.Inverse = b.inverse(conn, k, change.Rate, from.Count)
	case learn.BCM:
		post := b.posts(conn)
		change = program.Change{Kind: program.BCM, Rate: perStep(rule.LearningRate)}
		change.Columns, change.Rows, change.Threshold = b.trace(conn, rule.Pre(), from), b.trace(conn, rule.Post(), post), b.trace(conn, rule.Theta(), post)
	case learn.Oja:
		change = program.Change{Kind: program.Oja, Rate: perStep(rule.LearningRate), Beta: rule.Beta}
		change.Columns, change.Rows = b.trace(conn, rule.Pre(), from), b.trace(conn, rule.Post(), b.posts(conn))
	case learn.Custom:
		return b.customChange(conn, k, rule, from), true
	default:
		return change, false // of encoders
	}
	return change, true
}

// inverse is P of the rule RLS: where it starts, or what was loaded.
func (b *builder) inverse(conn *soma.Connection, k int, rate float64, n int) program.View {
	name := "inv_gamma"
	if k > 0 {
		name = fmt.Sprintf("inv_gamma[%d]", k)
	}
	init := b.loaded(conn, name, n, n)
	if init == nil {
		init = connect.Scale(rate).Matrix(n).Data
	}
	view := b.program.Add(conn.Path()+" "+name, init)
	b.built.Learned = append(b.built.Learned, Learned{
		Of: conn, Connection: b.learning.names[conn], Name: name, Shape: []int{n, n}, View: view, byRows: true,
	})
	return view
}

// customChange is what a rule of a program's own adds.
func (b *builder) customChange(conn *soma.Connection, k int, rule learn.Custom, from program.View) program.Change {
	change := program.Change{Kind: program.Custom, Columns: from, Input: b.inputs[conn.LearningInput(k)]}
	weights := b.learning.shapes[b.learning.weights[conn].Signal]
	if conn.ToNeurons() {
		change.Rows = b.posts(conn)
	}
	env := learn.Setting{Dt: b.opts.Dt, Rows: weights[0], Cols: weights[1]}
	change.Start = func() (step func(learn.Now), err error) {
		if called := soma.Call(func() { step, err = rule.Start(env) }); called != nil {
			return nil, called
		}
		if step == nil && err == nil {
			err = fmt.Errorf("the rule %s starts nothing; return a function from Start", rule.Spec().Name)
		}
		return step, err
	}
	return change
}

// trace filters values within the step.
func (b *builder) trace(conn *soma.Connection, s synapse.Synapse, from program.View) program.View {
	if synapse.IsNone(s) {
		return from
	}
	system, err := s.Discrete(b.opts.Dt)
	if err != nil {
		b.fail(conn.FieldPosition("learning"), conn.Path(), "learning", err, "")
		return from
	}
	to := b.program.Add(conn.Path()+" trace", make([]float64, from.Count))
	b.program.Operate(&program.Trace{Label: program.Label(conn.Path()), From: from, To: to, System: system})
	return to
}

// posts are the outputs of the neurons at the end of a connection.
func (b *builder) posts(conn *soma.Connection) program.View {
	if e, ok := conn.To.Of.(*soma.Ensemble); ok {
		return b.outputs[e.Neurons]
	}
	return slice(b.outputs[conn.To.Of], conn.To)
}

// localError is the error of each row of the weights: as it is given, or encoded
// for the neurons of an ensemble.
func (b *builder) localError(conn *soma.Connection, k int) program.View {
	given := b.inputs[conn.LearningInput(k)]
	var encoders *connect.Matrix
	switch to := conn.To.Of.(type) {
	case *soma.Population:
		if to.Ensemble() == nil {
			return given
		}
		encoders = rowsOf(b.built.Tunings[to.Ensemble()].scaledEncoders(to.Ensemble()), conn.To)
	case *soma.Ensemble:
		if !conn.FullWeights() {
			return given
		}
		encoders = b.encodersOf(to, conn.To)
	default:
		return given
	}
	local := b.program.Add(conn.LearningInput(k).Path()+" encoded", make([]float64, encoders.Rows))
	b.program.Operate(&program.Product{Label: program.Label(conn.Path()), From: given, To: local, Weights: encoders})
	return local
}

// probedWeights is the signal that holds a connection's weights, or a part of it.
func (b *builder) probedWeights(p *soma.Probe, conn *soma.Connection) (program.View, bool) {
	view, ok := b.learning.weights[conn]
	if e, is := conn.To.Of.(*soma.Ensemble); is && p.Quantity() == soma.Encoders {
		view, ok = b.learning.encoders[e]
	}
	if !ok {
		b.noWeights(p, conn)
		return view, false // the connection failed to build, and said so
	}
	first, step, n := p.Target.Range(view.Count)
	if first+(n-1)*step >= view.Count {
		b.fail(p.FieldPosition("target"), p.Path(), "target", fmt.Errorf("slice %s of %d weights", p.Target, view.Count), "keep the slice within the weights")
		return view, false
	}
	shape, matrix := b.learning.shapes[view.Signal]
	if !matrix || !program.ByColumns(shape[0], shape[1]) {
		return slice(view, p.Target), true
	}
	op := &program.Gather{
		Label: program.Label(p.Path()), From: view, To: b.program.Add(p.Path()+" weights", make([]float64, n)), Every: 1,
	}
	if synapse.IsNone(p.Synapse) {
		op.Every = b.every(p)
	}
	for k := range n {
		at := first + k*step
		op.Order = append(op.Order, int32(program.Place(at/shape[1], at%shape[1], shape[0], shape[1])))
	}
	b.program.Operate(op)
	return op.To, true
}

// storedAs gives weights that may change in the order in which they are stored.
func storedAs(m *connect.Matrix) []float64 {
	if program.ByColumns(m.Rows, m.Cols) {
		return m.Transposed().Data
	}
	return m.Data
}

// RowByRow puts the values of the view in the order of the shape.
func (l Learned) RowByRow(values []float64) []float64 {
	rows, cols := l.Shape[0], l.Shape[1]
	if program.ByColumns(rows, cols) && !l.byRows {
		return (&connect.Matrix{Rows: cols, Cols: rows, Data: values}).Transposed().Data
	}
	return values
}
