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
	weights, sources := "", ""
	for _, rule := range conn.Learning {
		var kind *string
		switch rule.(type) {
		case learn.SynapseRule:
			kind = &weights
		case learn.SourceRule:
			kind = &sources
		default:
			continue // reported already
		}
		name := rule.Spec().Name
		if *kind != "" {
			c.report(o, "learning", fmt.Sprintf("%s and %s change the same thing", *kind, name), "keep one of them")
		}
		*kind = name
	}
	from := conn.From.Of.(*Population).Neuron
	if _, trains := from.(neuron.TrainGenerator); trains && weights+sources != "" {
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
