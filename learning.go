package soma

import (
	"fmt"

	"soma/learn"
	"soma/neuron"
	"soma/solve"
)

// A LearningInput is what drives a learning rule: the error of PES and RLS, the
// signal that turns Voja on. Values are connected to it as to a node; they add up.
type LearningInput struct {
	Connection *Connection
	Index      int // of the rule
}

// LearningInput is the input of the connection's rule of the given index.
func (conn *Connection) LearningInput(index int) LearningInput { return LearningInput{conn, index} }

// Part gives the values from start up to (not including) stop.
func (in LearningInput) Part(start, stop int) Slice { return whole(in).Part(start, stop) }

// At gives one value.
func (in LearningInput) At(index int) Slice { return whole(in).At(index) }

func (in LearningInput) slice() Slice { return whole(in) }

// Path names the input: "pre->post.learning", or "pre->post.learning[1]" where
// the connection has several rules.
func (in LearningInput) Path() string {
	if len(in.Connection.Learning) < 2 {
		return in.Connection.Path() + ".learning"
	}
	return fmt.Sprintf("%s.learning[%d]", in.Connection.Path(), in.Index)
}

// Rule is the rule; nil when there is none of this index.
func (in LearningInput) Rule() learn.Rule {
	if in.Index < 0 || in.Index >= len(in.Connection.Learning) {
		return nil
	}
	return in.Connection.Learning[in.Index]
}

// Size is the number of values that the rule takes; 0 for a rule without input.
func (in LearningInput) Size() int {
	rule := in.Rule()
	if rule == nil {
		return 0
	}
	switch rule.Spec().Input {
	case learn.OneValue, learn.Spikes:
		return 1
	case learn.ErrorOfTarget:
		to := in.Connection.To
		if p, ok := to.Of.(*Population); ok && p.ensemble != nil {
			return p.ensemble.Dimensions
		}
		_, _, size := to.Range(sizeIn(to.Of))
		return size
	}
	return 0
}

// quantities are what can be probed of the rule; nil when there is none.
func (in LearningInput) quantities() []string {
	rule := in.Rule()
	switch {
	case rule == nil:
		return nil
	case rule.Spec().Input == learn.NoInput:
		return learn.Variables(rule)
	}
	return append([]string{Input}, learn.Variables(rule)...)
}

// check says what is wrong with connecting to the input.
func (in LearningInput) check() (problem, remedy string) {
	rule := in.Rule()
	switch {
	case rule == nil:
		return fmt.Sprintf("%s has %s", in.Connection.Path(), plural(len(in.Connection.Learning), "learning rule")),
			"give it a rule that is driven by an error, such as learn.PES"
	case rule.Spec().Input == learn.NoInput:
		return "the rule " + rule.Spec().Name + " is driven by the activity at the connection's ends alone", "leave the connection out"
	}
	return "", ""
}

// Part gives the weights from start up to (not including) stop, counted row by
// row; for single synapses, target by target.
func (conn *Connection) Part(start, stop int) Slice { return whole(conn).Part(start, stop) }

// At gives one weight.
func (conn *Connection) At(index int) Slice { return whole(conn).At(index) }

func (conn *Connection) slice() Slice { return whole(conn) }

// checkLearning checks the rules of a connection.
func (conn *Connection) checkLearning(c *checker) {
	o := conn.named()
	for _, rule := range conn.Learning {
		if rule == nil {
			c.report(o, "learning", "no rule", "give one, such as learn.PES")
			continue
		}
		spec := rule.Spec()
		if spec.Synapses != (conn.Rule != nil) {
			problem, remedy := spec.Name+" changes single synapses, this connection carries values", "give it a weight and a rule such as connect.all_to_all(), or learn with learn.pes"
			if conn.Rule != nil {
				problem, remedy = spec.Name+" changes the weights of values, this connection has single synapses", "give a transform in place of weight and rule, or a rule such as learn.stdp"
			}
			c.report(o, "learning", problem, remedy)
			continue
		}
		c.problems(o, "learning", learn.Check(rule))
		if equations, ok := rule.(*learn.Equations); ok && conn.Rule != nil {
			conn.checkWeightUnit(c, equations)
		}
		if conn.Rule == nil {
			conn.checkValueRule(c, o, rule)
		}
	}
}

// checkWeightUnit checks that a rule takes weights to be in the unit of the
// receptor.
func (conn *Connection) checkWeightUnit(c *checker, rule *learn.Equations) {
	to, ok := conn.To.Of.(*Population)
	if !ok || to.Neuron == nil || neuron.Check(to.Neuron) != nil {
		return // said elsewhere
	}
	i, err := conn.ReceptorIndex()
	if err != nil {
		return // and this
	}
	unit, want := rule.WeightUnit(), "a pure number"
	if r := to.Neuron.Spec().Receptors[i]; r.Unit != "" {
		want = "in " + r.Unit
	}
	if unit != "" && unit != want {
		c.report(conn.named(), "learning", fmt.Sprintf("in its statements w is %s, and the weights of this connection are %s", unit, want),
			"give its constants their units, such as a = 1*pA")
	}
}

// checkValueRule checks that the ends of a connection that carries values have
// what the rule needs.
func (conn *Connection) checkValueRule(c *checker, o *object, rule learn.Rule) {
	name := rule.Spec().Name
	switch rule.(type) {
	case learn.Custom:
		return // which takes what there is
	case learn.PES, learn.RLS, learn.BCM, learn.Oja, learn.Voja:
	default:
		c.report(o, "learning", fmt.Sprintf("%s (%T) does not say how weights change", name, rule), "implement learn.Custom")
		return
	}
	if _, voja := rule.(learn.Voja); voja {
		if e, ok := conn.To.Of.(*Ensemble); !ok || direct(e) {
			c.report(o, "learning", name+" changes the encoders of an ensemble, and "+conn.To.String()+" has none", "connect to an ensemble of neurons")
		}
		return
	}
	if !conn.fromNeurons() {
		c.report(o, "learning", name+" learns from neurons, and "+conn.From.String()+" has none", "connect from an ensemble or from neurons")
	}
	if rule.Spec().Input == learn.NoInput && !conn.ToNeurons() {
		c.report(o, "learning", name+" needs neurons at both ends, and "+conn.To.String()+" is none", "connect to its neurons")
	}
}

// changesEncoders says whether a rule changes the encoders of the ensemble at the
// connection's end.
func (conn *Connection) changesEncoders() bool {
	for _, rule := range conn.Learning {
		if _, voja := rule.(learn.Voja); voja {
			return true
		}
	}
	return false
}

// fromNeurons says whether the values come from neurons, decoded or not.
func (conn *Connection) fromNeurons() bool {
	switch from := conn.From.Of.(type) {
	case *Population:
		return true
	case *Ensemble:
		return !direct(from)
	}
	return false
}

// ToNeurons says whether the connection's weights lead to the currents of
// neurons rather than to represented values.
func (conn *Connection) ToNeurons() bool {
	_, pop := conn.To.Of.(*Population)
	return pop || conn.FullWeights()
}

// FullWeights says whether the connection has a weight for every pair of neurons of
// the ensembles at its ends, because its solver says so.
func (conn *Connection) FullWeights() bool {
	solver, ok := conn.Solver.(solve.FullWeights)
	from, decoded := conn.From.Of.(*Ensemble)
	to, encoded := conn.To.Of.(*Ensemble)
	return ok && conn.Rule == nil && decoded && encoded && !direct(from) && !direct(to) && solver.SolvesWeights()
}

func direct(e *Ensemble) bool {
	_, is := e.Neuron.(neuron.Direct)
	return is
}
