package sim

import "soma/internal/engine"

// Work is what a step consists of: operators of one kind that are carried out
// together, how, and how large they are in neurons, weights or values.
type Work = engine.Work

// Plan lists the work of a step, in the order in which it is done. What is done
// together, and how, follows from the model alone.
func (s *Simulator) Plan() []Work { return s.engine.Plan() }
