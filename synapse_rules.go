package soma

import (
	"fmt"

	"soma/connect"
	"soma/internal/rng"
	"soma/learn"
	"soma/neuron"
)

// checkSynapseRules checks the combination of rules of a connection by single synapses.
func (conn *Connection) checkSynapseRules(c *checker, o *object) {
	source := ""
	for _, rule := range conn.Learning {
		if clopath, ok := rule.(learn.Clopath); ok {
			conn.checkVoltages(c, o, clopath)
		}
		if _, ok := rule.(learn.SourceRule); !ok {
			continue
		}
		name := rule.Spec().Name
		if source != "" {
			c.report(o, "learning", fmt.Sprintf("%s and %s change the same thing", source, name), "keep one of them")
		}
		source = name
	}
	from := conn.From.Of.(*Population).Neuron
	if _, trains := from.(neuron.TrainGenerator); trains && len(conn.Learning) > 0 {
		c.report(o, "learning", "the trains of a "+from.Spec().Name+" are drawn for each target, and have no synapses that could learn",
			"put a population between the generator and the targets")
	}
}

// LearningEnv is what rules of single synapses are told of the connection.
func (conn *Connection) LearningEnv(dt float64) learn.Env {
	env := learn.Env{Dt: dt, Unit: 1}
	if i, err := conn.ReceptorIndex(); err == nil {
		receptors := conn.To.Of.(*Population).Neuron.Spec().Receptors
		if unit, ok := nestUnits[receptors[i].Unit]; ok {
			env.Unit = unit
		}
	}
	weight, err := connect.Locate(conn.Weight, conn.Pair(rng.Stream{}), connect.Plan{})
	if err == nil {
		if low, high := weight.Bounds(); low < 0 && high <= 0 {
			env.Unit = -env.Unit
		}
	}
	return env
}

// nestUnits are the units of NEST's weights, by the unit of a receptor.
var nestUnits = map[string]float64{"A": 1e-12, "S": 1e-9, "V": 1e-3}

// Modulates says whether the connection's spikes gate a learning rule.
func (conn *Connection) Modulates() bool {
	in, ok := conn.To.Of.(LearningInput)
	return ok && in.Rule() != nil && in.Rule().Spec().Input == learn.Spikes
}

// checkModulator checks a connection whose spikes gate a learning rule.
func (conn *Connection) checkModulator(c *checker) {
	o := conn.named()
	p, ok := conn.From.Of.(*Population)
	switch {
	case !ok || p.Neuron != nil && !p.Neuron.Spec().Spiking:
		c.report(o, "from", "the rule is gated by spikes, and "+conn.From.String()+" has none", "connect a population of spiking neurons")
		return
	case p.Neuron == nil:
		return // reported with the population
	case conn.Rule != nil || conn.Function != nil || conn.Transform != nil:
		c.report(o, "to", "spikes gate a rule as they are", "leave out weight, rule, function and transform")
	case conn.From.Step > 1:
		c.report(o, "from", "a slice that skips neurons", "connect consecutive neurons")
	}
	if _, trains := p.Neuron.(neuron.TrainGenerator); trains {
		c.report(o, "from", "the trains of a "+p.Neuron.Spec().Name+" are drawn for each target", "put a population between the generator and the rule")
	}
	in := conn.To.Of.(LearningInput)
	if first := c.modulators[in]; first != nil {
		c.report(o, "to", "a second population that gates "+in.Connection.Path()+", after "+first.From.String(), "connect one")
	}
	c.modulators[in] = conn
	conn.checkValueDelay(c)
}
