package soma

import (
	"fmt"
	"math"

	"soma/connect"
	"soma/dist"
	"soma/internal/param"
	"soma/learn"
	"soma/solve"
	"soma/synapse"
)

// A Connection carries values from one object to another, in this order: slice
// of the source, function, transform, synapse, slice of the target.
//
// From an ensemble, the function of the represented vector is decoded from the
// neurons' activity; from a node it is computed; from neurons, there is none.
// Into an ensemble, values add to the represented vector; into a population, to
// the neurons' input current; into the neurons of an ensemble they do so times
// the neurons' gains, as in Nengo. A source of one value connected to a population
// without a transform drives every neuron alike.
type Connection struct {
	object
	From, To Slice

	// Function of the source's values; nil: the values themselves.
	Function func(x []float64) []float64
	// FunctionValues, in place of a function, are its values at EvalPoints, which must
	// be given: a row for each point. For a source that is an ensemble of neurons.
	FunctionValues [][]float64
	// Transform multiplies the function's values; nil: 1.
	Transform connect.Transform
	// Synapse filters. Default: a lowpass of 5 ms; none into a population that is
	// not an ensemble's.
	Synapse synapse.Synapse
	// Solver finds the decoders, when the source is an ensemble. Default: least
	// squares with L2 regularisation.
	Solver solve.Solver
	// EvalPoints over which decoders are solved; nil: those of the ensemble.
	EvalPoints dist.Distribution

	// Rule draws single synapses between the neurons of two populations; each
	// spike then arrives at each of them after the synapse's delay, with its
	// weight, and function, transform and synapse do not apply. nil: values are
	// carried as above.
	Rule connect.Rule
	// Weight of each synapse, in the unit of the receptor; from a current
	// generator, a factor on the current, default 1.
	Weight connect.Value
	// Delay of each synapse, s, rounded to whole steps (halves up), at least one; nil:
	// 1 ms. Of a connection that carries values, a number by which they arrive later,
	// besides the step that a synapse takes; nil: none.
	Delay connect.Value
	// Receptor at which spikes arrive; "": positive weights at the excitatory,
	// negative ones at the inhibitory.
	Receptor string

	// Learning changes the connection's weights while it runs.
	Learning []learn.Rule
}

// Connect adds a connection.
func (n *Network) Connect(from, to Endpoint) *Connection {
	conn := &Connection{
		object: n.newObject(""), Synapse: synapse.Default(), Solver: solve.LstsqL2{},
	}
	if from != nil {
		conn.From = from.slice()
	}
	if to != nil {
		conn.To = to.slice()
	}
	if p, ok := conn.To.Of.(*Population); ok && p.ensemble == nil {
		conn.Synapse = synapse.None{}
	}
	if conn.Modulates() {
		conn.Synapse = synapse.None{} // spikes gate the rule as they are
	}
	n.Connections = append(n.Connections, conn)
	return conn
}

// Path names the connection by its ends when it has no name of its own:
// "stimulus->cell".
func (conn *Connection) Path() string {
	if conn.Name != "" {
		return conn.object.Path()
	}
	return conn.From.String() + "->" + conn.To.String()
}

// sizeOut is the number of values that an object gives.
func sizeOut(of Endpoint) int {
	switch of := of.(type) {
	case *Ensemble:
		return of.Dimensions
	case *Population:
		return of.size()
	case *Node:
		return of.SizeOut
	}
	return 0 // of a learning input; of a connection until it is built
}

// sizeIn is the number of values that an object takes.
func sizeIn(of Endpoint) int {
	switch of := of.(type) {
	case *Node:
		return of.SizeIn
	case LearningInput:
		return of.Size()
	}
	return sizeOut(of)
}

func (p *Population) size() int {
	if p.ensemble != nil {
		return p.ensemble.N
	}
	return p.N
}

// owner is the outermost network around an endpoint.
func owner(e Endpoint) *Network {
	switch e := e.(type) {
	case *Population:
		if e.ensemble != nil {
			return e.ensemble.root()
		}
	case LearningInput:
		return e.Connection.root()
	}
	return baseOf(e).root()
}

// FunctionSize is the number of values of the connection's function (or of its
// source, without one), found by calling it once.
func (conn *Connection) FunctionSize() (size int, err error) {
	_, _, in := conn.From.Range(sizeOut(conn.From.Of))
	if len(conn.FunctionValues) > 0 {
		return len(conn.FunctionValues[0]), nil
	}
	if conn.Function == nil {
		return in, nil
	}
	err = Call(func() { size = len(conn.Function(make([]float64, in))) })
	return size, err
}

// Call runs a user's function and turns a panic in it into an error.
func Call(f func()) (err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case error:
			err = r
		default:
			err = fmt.Errorf("%v", r)
		}
	}()
	f()
	return nil
}

func (conn *Connection) check(c *checker) {
	if !conn.checkEnds(c) {
		return
	}
	if conn.Modulates() {
		conn.checkModulator(c)
		return
	}
	o := conn.named()
	conn.checkLearning(c)
	if conn.Rule != nil {
		conn.checkRule(c)
		return
	}
	if p, ok := conn.From.Of.(*Population); ok && conn.Function != nil {
		c.report(o, "function", "neurons have no represented value to take a function of", "connect from the ensemble"+ofEnsemble(p))
		return
	}
	if problem, remedy := conn.badValues(); problem != "" {
		c.report(o, "function", problem, remedy)
		return
	}
	size, err := conn.FunctionSize()
	if err != nil {
		c.report(o, "function", err.Error(), "mend the function")
		return
	}
	if size < 1 {
		c.report(o, "function", "it gives no values", "return at least one number")
		return
	}
	conn.checkShape(c, size)
	conn.checkValueDelay(c)
	c.problems(o, "synapse", synapse.Check(conn.Synapse))
	if e, ok := conn.From.Of.(*Ensemble); ok {
		c.evalPoints(o, conn.EvalPoints, e)
	}
	if _, ok := conn.From.Of.(*Ensemble); ok && conn.Solver == nil {
		c.report(o, "solver", "no solver", "give one, such as solve.LstsqL2")
	} else if ok {
		c.problems(o, "solver", solve.Check(conn.Solver))
	}
}

// badValues says what is wrong with a function that is given by its values.
func (conn *Connection) badValues() (problem, remedy string) {
	if conn.FunctionValues == nil {
		return "", ""
	}
	points, given := conn.EvalPoints.(dist.Samples)
	e, ok := conn.From.Of.(*Ensemble)
	switch {
	case !ok || direct(e):
		return "values at points are of use where decoders are solved, and " + conn.From.String() + " has none", "give a function"
	case conn.Function != nil:
		return "a function and its values", "give one of the two"
	case !given:
		return "values of a function without the points that they belong to", "give eval_points, a row for each value"
	case len(points) != len(conn.FunctionValues):
		return fmt.Sprintf("%s of a function for %s", plural(len(conn.FunctionValues), "value"), plural(len(points), "point")), "give one value for each point"
	}
	for i, row := range conn.FunctionValues {
		if len(row) != len(conn.FunctionValues[0]) || len(row) == 0 {
			return fmt.Sprintf("%s for point %d, %d for point 0", plural(len(row), "number"), i, len(conn.FunctionValues[0])), "give rows of one length"
		}
	}
	return "", ""
}

func ofEnsemble(p *Population) string {
	if p.ensemble == nil {
		return ""
	}
	return " " + p.ensemble.Name
}

// named is the connection's object with a name to show in messages.
func (conn *Connection) named() *object {
	o := conn.object
	if o.Name == "" {
		o.Name, o.parent = conn.Path(), nil
	}
	return &o
}

// checkEnds checks that both ends exist and that the slices fit.
func (conn *Connection) checkEnds(c *checker) bool {
	o := conn.named()
	ok := true
	for _, end := range []struct {
		field string
		slice Slice
		size  func(Endpoint) int
	}{{"from", conn.From, sizeOut}, {"to", conn.To, sizeIn}} {
		if end.slice.Of == nil {
			c.report(o, end.field, "nothing to connect", "give an ensemble, population or node")
			ok = false
			continue
		}
		if owner(end.slice.Of) != c.root {
			c.report(o, end.field, end.slice.String()+" is not in this network", "connect what was made in it")
			ok = false
			continue
		}
		if problem, remedy := conn.noEnd(end.field, end.slice.Of); problem != "" {
			c.report(o, end.field, problem, remedy)
			ok = false
			continue
		}
		if problem := end.slice.problem(end.size(end.slice.Of)); problem != "" {
			c.report(o, end.field, problem, "keep the slice within the object, and not empty")
			ok = false
		}
	}
	if node, isNode := conn.To.Of.(*Node); ok && isNode && node.SizeIn == 0 {
		c.report(o, "to", fmt.Sprintf("node %s takes no input", node.Name), "give it size_in and a function of time and input")
		return false
	}
	if ok && withoutNeurons(conn.From.Of) {
		c.report(o, "from", "an ensemble of Direct has no neurons", "connect from the ensemble")
		return false
	}
	if ok && withoutNeurons(conn.To.Of) {
		c.report(o, "to", "an ensemble of Direct has no neurons", "connect to the ensemble")
		return false
	}
	return ok
}

// withoutNeurons says whether an object is the neurons of an ensemble that has none.
func withoutNeurons(of Endpoint) bool {
	p, ok := of.(*Population)
	return ok && p.ensemble != nil && direct(p.ensemble)
}

// noEnd says why an object cannot be this end of a connection.
func (conn *Connection) noEnd(field string, of Endpoint) (problem, remedy string) {
	switch of := of.(type) {
	case *Connection:
		return "a connection is no " + map[string]string{"from": "source", "to": "target"}[field] + " of values",
			"connect to the input of its learning rule, or probe its weights"
	case LearningInput:
		if field == "from" {
			return "a learning rule gives no values", "connect to it"
		}
		return of.check()
	}
	return "", ""
}

// checkValueDelay checks the delay of a connection that carries values.
func (conn *Connection) checkValueDelay(c *checker) {
	if conn.Delay == nil {
		return
	}
	delay, constant := conn.Delay.(connect.Constant)
	switch {
	case !constant:
		c.report(conn.named(), "delay", "the delays of values vary", "give one number")
	case !(float64(delay) > 0) || math.IsInf(float64(delay), 0) || c.dt > 0 && math.Floor(float64(delay)/c.dt+0.5) < 1:
		c.report(conn.named(), "delay", "a delay of "+param.Quantity(float64(delay), "s")+", below the step of "+param.Quantity(c.dt, "s"), "give at least one step, or leave it out")
	case c.dt > 0 && float64(delay)/c.dt > maxDelaySteps:
		c.report(conn.named(), "delay", "a delay of "+param.Quantity(float64(delay), "s")+", more than a million steps", "give a shorter one")
	}
}

// maxDelaySteps bounds the memory that a delay takes.
const maxDelaySteps = 1e6

// checkShape checks that size values, transformed, fit the target.
func (conn *Connection) checkShape(c *checker, size int) {
	o := conn.named()
	_, _, out := conn.To.Range(sizeIn(conn.To.Of))
	if _, scale := conn.Transform.(connect.Scale); (scale || conn.Transform == nil) && conn.broadcasts(size) {
		return
	}
	got := size
	if conn.Transform != nil {
		var err error
		if got, err = conn.Transform.Shape(size); err != nil {
			c.report(o, "transform", err.Error(), fmt.Sprintf("the shape here is (%d, %d)", out, size))
			return
		}
	}
	if got != out {
		field, remedy := "to", fmt.Sprintf("give a transform of shape (%d, %d), or a function of %s", out, size, plural(out, "value"))
		if conn.Transform != nil {
			field, remedy = "transform", fmt.Sprintf("give a matrix of shape (%d, %d)", out, size)
		}
		c.report(o, field, fmt.Sprintf("%s into %d", plural(got, "value"), out), remedy)
	}
}

// broadcasts says whether one value drives every neuron of a population.
func (conn *Connection) broadcasts(size int) bool {
	_, pop := conn.To.Of.(*Population)
	return pop && size == 1
}
