package script

import (
	"fmt"
	"slices"
	"strings"

	"go.starlark.net/starlark"

	"soma"
	"soma/connect"
	"soma/dist"
	"soma/internal/param"
	"soma/neuron"
)

// bySynapses reads a connection by single synapses; false when it is one that
// carries values.
func (c *call) bySynapses(conn *soma.Connection) bool {
	switch {
	case c.isRule("function"):
		c.report("function", "a rule in the place of the function", "name it: rule = …")
		c.spoil("rule")
		return true
	case c.anyOf("rule", "weight"), givesCurrent(conn.From) && !c.anyOf(ofValues...):
	default:
		return c.wantsWeight(conn)
	}
	c.excludeValues()
	if !c.given("rule") && !c.spoilt["rule"] && !c.takesSpikes(conn) {
		return true
	}
	conn.Rule, conn.Delay = connect.AllToAll{}, conn.SynapseDelay()
	c.rule(conn)
	c.synapseValue("weight", conn, &conn.Weight)
	c.synapseValue("delay", conn, &conn.Delay)
	c.text("receptor", &conn.Receptor)
	return true
}

// ofValues are the parameters of connections that carry values.
var ofValues = []string{"function", "transform", "synapse", "solver", "eval_points"}

// excludeValues reports what single synapses cannot have.
func (c *call) excludeValues() {
	with := "weight"
	if c.given("rule") {
		with = "rule"
	}
	for _, name := range ofValues {
		if c.given(name) {
			c.report(name, fmt.Sprintf("%s and %s exclude each other: with a %s every spike acts on its own", name, with, with),
				fmt.Sprintf("leave out %s, or %s", name, with))
		}
	}
}

// wantsWeight reports a connection between neurons whose weight was forgotten,
// and parameters that only synapses have.
func (c *call) wantsWeight(conn *soma.Connection) bool {
	if c.given("receptor") {
		c.report("receptor", "a connection without a weight has no receptor", "give a weight, or leave out receptor")
	}
	from, to := neuronsOf(conn.From), neuronsOf(conn.To)
	if from == nil || to == nil || !from.Spec().Spiking || len(to.Spec().Receptors) == 0 {
		return false
	}
	if c.anyOf(ofValues...) {
		return false
	}
	c.spoil("transform")
	c.reportAt(c.pos, "weight", "no weight", "give one in the unit of the receptor ("+to.Spec().Receptors[0].Unit+"), or a transform to carry spikes as values")
	return true
}

// takesSpikes reports a weight into what has no receptors.
func (c *call) takesSpikes(conn *soma.Connection) bool {
	to := neuronsOf(conn.To)
	switch {
	case to != nil && (len(to.Spec().Receptors) > 0 || givesCurrent(conn.From)):
		return true
	case c.s.unsized(c.value("target")) || c.s.mistaken(conn.To.Of):
	case to == nil:
		c.report("weight", describe(c.value("target"))+" takes values, not single spikes", "give a transform in place of the weight")
	default:
		c.report("weight", to.Spec().Name+" has no receptors for spikes, only an input current",
			"give a transform in place of the weight, or use a model such as neuron.iaf_psc_exp")
	}
	c.spoil("transform") // whose shape is of no interest
	return false
}

// givesCurrent says whether the source is a current generator, which needs no
// weight.
func givesCurrent(source soma.Slice) bool {
	m := neuronsOf(source)
	return m != nil && m.Spec().OutputUnit == "A"
}

// anyOf says whether one of the parameters was given, rightly or not.
func (c *call) anyOf(names ...string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return c.given(name) || c.spoilt[name] })
}

// mistaken says whether something was wrong with the call that made an object.
func (s *session) mistaken(of soma.Endpoint) bool {
	for _, m := range s.made {
		switch v := m.value.(type) {
		case *objectValue:
			if v.of == of {
				return m.call.bad
			}
		case *connectionValue:
			if v.Connection == of {
				return m.call.bad
			}
		}
	}
	return false
}

// neuronsOf is the model of a population, or nil.
func neuronsOf(end soma.Slice) neuron.Model {
	if p, ok := end.Of.(*soma.Population); ok {
		return p.Neuron
	}
	return nil
}

// isRule says whether an argument is a rule.
func (c *call) isRule(name string) bool {
	switch v := c.value(name).(type) {
	case *explicitValue, *spoiltStruct:
		return true
	case *structValue:
		_, ok := v.interfaceOf().(connect.Rule)
		return ok
	}
	return false
}

// rule reads the rule, with the weights and delays that it may bring.
func (c *call) rule(conn *soma.Connection) {
	if !c.given("rule") || c.skipSpoilt("rule") {
		return
	}
	switch v := c.value("rule").(type) {
	case *explicitValue:
		conn.Rule = v.rule
		if v.weight != nil {
			conn.Weight = v.weight
		}
		if v.delay != nil {
			conn.Delay = v.delay
		}
		return
	case *structValue:
		if rule, ok := v.interfaceOf().(connect.Rule); ok {
			conn.Rule = rule
			return
		}
	case *function:
		if strings.HasPrefix(v.sig.name, "connect.") {
			c.report("rule", "the brackets are missing", "write "+v.sig.example())
			return
		}
	}
	c.report("rule", describe(c.value("rule"))+" is no rule", "give one, such as connect.fixed_indegree(100)")
}

// synapseValue reads the weights or delays of synapses.
func (c *call) synapseValue(name string, conn *soma.Connection, into *connect.Value) {
	if !c.given(name) || c.skipSpoilt(name) {
		return
	}
	if p := c.profile(name); p != nil {
		*into = connect.ByDistance{Profile: p}
		return
	}
	v, problem := toSynapseValue(c.value(name), conn)
	if problem != "" {
		c.report(name, problem, "give a number, a list with one number per synapse, or dist.uniform, normal, lognormal or exponential; or a function of the distance, such as connect.linear(1*ms, 2*ms) or lambda d: …")
		return
	}
	*into = v
}

// toSynapseValue accepts a number, numbers, or a distribution that synapses can
// be drawn from.
func toSynapseValue(v starlark.Value, conn *soma.Connection) (connect.Value, string) {
	switch v := v.(type) {
	case starlark.Int, starlark.Float:
		x, problem := toFloat(v)
		return connect.Constant(x), problem
	case *structValue:
		return toQuantile(v)
	case samples:
		list, problem := toFloats(v.flat())
		return connect.Array(list), problem
	}
	return toSynapseArray(v, conn)
}

// toSynapseArray accepts a list, or a matrix with a row for each target.
func toSynapseArray(v starlark.Value, conn *soma.Connection) (connect.Value, string) {
	a, err := toArray(v)
	if err != nil {
		return nil, err.Error()
	}
	if p, ok := conn.To.Of.(*soma.Population); ok && len(a.shape) == 2 {
		if _, _, targets := conn.To.Range(p.N); a.shape[0] != targets {
			return nil, fmt.Sprintf("%d rows for %d targets", a.shape[0], targets)
		}
	} else if len(a.shape) != 1 {
		return nil, describe(v) + " is neither a list nor a matrix"
	}
	return connect.Array(a.data), a.infinite()
}

// toQuantile gives the distribution of synapses of the same name.
func toQuantile(v *structValue) (connect.Value, string) {
	switch d := v.interfaceOf().(type) {
	case dist.Constant:
		return connect.Constant(d.Value), ""
	case dist.Uniform:
		return connect.Uniform{Low: d.Low, High: d.High}, ""
	case dist.Normal:
		d = param.Resolve(d)
		return connect.Normal{Mean: d.Mean, Std: d.Std, Low: d.Low, High: d.High}, ""
	case dist.Lognormal:
		d = param.Resolve(d)
		return connect.Lognormal{Mu: d.Mu, Sigma: d.Sigma}, ""
	case dist.Exponential:
		d = param.Resolve(d)
		return connect.ShiftedExponential{Scale: d.Scale, Shift: d.Shift, High: d.High}, ""
	}
	return nil, "synapses cannot be drawn from " + describe(v)
}
