package sim

import "soma/internal/engine"

// Work is what a step consists of: operators of one kind that are carried out
// together, how, and how large they are in neurons, weights or values.
type Work = engine.Work

// Plan lists the work of a step, in the order in which it is done, after the nodes
// that take no work. What is done together, and how, follows from the model alone.
func (s *Simulator) Plan() []Work {
	values := 0
	for _, n := range s.built.PassedThrough {
		values += n.SizeIn
	}
	plan := s.engine.Plan()
	if nodes := len(s.built.PassedThrough); nodes > 0 {
		plan = append([]Work{{What: "nodes", How: "passed through: joined to what they lead to", Operators: nodes, Size: values}}, plan...)
	}
	return plan
}
