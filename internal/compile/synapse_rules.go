package compile

import (
	"fmt"
	"slices"

	"soma"
	"soma/connect"
	"soma/internal/program"
	"soma/learn"
)

// synapseRules starts the rules of a connection by single synapses, from the
// weights that were loaded, if any.
func (b *builder) synapseRules(conn *soma.Connection, s *program.Synapses) bool {
	env := conn.LearningEnv(b.opts.Dt)
	var changing []learn.Plasticity
	for _, rule := range conn.Learning {
		var err error
		switch rule := rule.(type) {
		case learn.SynapseRule:
			var started learn.Plasticity
			started, err = rule.Start(env)
			changing = append(changing, started)
		case learn.SourceRule:
			s.Release, err = rule.StartSource(env)
		}
		if err != nil {
			b.fail(conn.FieldPosition("learning"), conn.Path(), "learning."+rule.Spec().Name, err, "")
			return false
		}
	}
	if !b.combine(conn, s, changing) {
		return false
	}
	if b.opts.Freeze && s.Learning != nil {
		s.Learning, s.Frozen = learn.Freeze(s.Learning), true
	}
	return true
}

// combine gives synapses the rules that change them.
func (b *builder) combine(conn *soma.Connection, s *program.Synapses, rules []learn.Plasticity) bool {
	if len(rules) == 0 {
		return true
	}
	var err error
	if s.Learning, err = learn.Combine(rules); err != nil {
		b.fail(conn.FieldPosition("learning"), conn.Path(), "learning", err, "leave one of them out")
		return false
	}
	s.Voltages = program.Voltages(conn.VoltageStates())
	b.keepWeights(conn, s)
	return true
}

// keepWeights notes that what the connection learns is to be saved, and starts
// from what was loaded.
func (b *builder) keepWeights(conn *soma.Connection, s *program.Synapses) {
	name := b.learning.names[conn]
	b.built.Learned = append(b.built.Learned, Learned{Connection: name, Synapses: s})
	loaded := b.learning.loaded[name]
	array, sources, targets := loaded.Array("weights"), loaded.Array("sources"), loaded.Array("targets")
	if array == nil {
		return
	}
	given, last := connect.Given{Values: array.Data}, -1
	count := 0
	var other error
	err := s.Each(b.opts.Dt, func(source, target int, _ float64, _ int64) bool {
		for ; last < target; last++ {
			given.Offsets = append(given.Offsets, count)
		}
		if other == nil && (differs(sources, count, source) || differs(targets, count, target)) {
			other = fmt.Errorf("synapse %d leads from %d to %d here, and did not where it learned", count, source, target)
		}
		count++
		return true
	})
	for ; last < s.To.N; last++ {
		given.Offsets = append(given.Offsets, count)
	}
	switch {
	case err != nil:
	case count != len(array.Data):
		err = fmt.Errorf("%d weights were loaded for %d synapses", len(array.Data), count)
	default:
		err = other
	}
	if err != nil {
		b.fail(conn.FieldPosition("learning"), conn.Path(), "learning", err, "load what the same network has learned, with the same seed")
		return
	}
	s.Weight = given
}

// differs says whether number k of an array that was loaded is another one; what
// was not loaded may be anything.
func differs(loaded *learn.Array, k, number int) bool {
	return loaded != nil && k < len(loaded.Data) && loaded.Data[k] != float64(number)
}

// modulate gives rules the populations that gate them.
func (b *builder) modulate() {
	for _, conn := range b.modulators {
		learning := conn.To.Of.(soma.LearningInput).Connection
		i := slices.Index(b.drawn, learning)
		from := conn.From.Of.(*soma.Population)
		source, ok := b.cell(from)
		if i < 0 || !ok {
			continue // failed to build, and said so
		}
		delay, ok := conn.Delay.(connect.Constant)
		if !ok {
			delay = 0.001
		}
		b.cells.Synapses[i].Modulator = &program.Modulator{Part: part(source, conn.From, from.N), Delay: b.delaySteps(float64(delay))}
	}
}
