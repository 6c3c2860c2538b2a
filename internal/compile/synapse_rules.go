package compile

import (
	"fmt"

	"soma"
	"soma/connect"
	"soma/internal/program"
	"soma/learn"
)

// synapseRules starts the rules of a connection by single synapses, from the
// weights that were loaded, if any.
func (b *builder) synapseRules(conn *soma.Connection, s *program.Synapses) bool {
	env := conn.LearningEnv(b.opts.Dt)
	for _, rule := range conn.Learning {
		var err error
		switch rule := rule.(type) {
		case learn.SynapseRule:
			s.Learning, err = rule.Start(env)
			b.keepWeights(conn, s)
		case learn.SourceRule:
			s.Release, err = rule.StartSource(env)
		}
		if err != nil {
			b.fail(conn.FieldPosition("learning"), conn.Path(), "learning."+rule.Spec().Name, err, "")
			return false
		}
	}
	if b.opts.Freeze && s.Learning != nil {
		s.Learning, s.Frozen = nil, true
	}
	return true
}

// keepWeights notes that what the connection learns is to be saved, and starts
// from what was loaded.
func (b *builder) keepWeights(conn *soma.Connection, s *program.Synapses) {
	name := b.learning.names[conn]
	b.built.Learned = append(b.built.Learned, Learned{Connection: name, Synapses: s})
	array := b.learning.loaded[name].Array("weights")
	if array == nil {
		return
	}
	given, last := connect.Given{Values: array.Data}, -1
	count := 0
	err := s.Each(b.opts.Dt, func(_, target int, _ float64, _ int64) bool {
		for ; last < target; last++ {
			given.Offsets = append(given.Offsets, count)
		}
		count++
		return true
	})
	for ; last < s.To.N; last++ {
		given.Offsets = append(given.Offsets, count)
	}
	if err == nil && count != len(array.Data) {
		err = fmt.Errorf("%d weights were loaded for %d synapses", len(array.Data), count)
	}
	if err != nil {
		b.fail(conn.FieldPosition("learning"), conn.Path(), "learning", err, "load what the same network has learned")
		return
	}
	s.Weight = given
}
