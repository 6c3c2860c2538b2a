package soma

import "fmt"

// An Endpoint can be connected or probed: *Ensemble, *Population, *Node, or a
// Slice of one of them; a *Connection can be probed, and the LearningInput of one
// be connected to.
type Endpoint interface {
	// Part gives the object's values from start up to (not including) stop.
	Part(start, stop int) Slice
	// At gives one value.
	At(index int) Slice

	slice() Slice
}

// A Slice is some of the values of an object: from Start up to (not including)
// Stop, every Step-th. Of an ensemble these are dimensions; of a population,
// neurons; of a node, its outputs where a connection starts and its inputs
// where one ends.
type Slice struct {
	Of                Endpoint // never a Slice itself
	Start, Stop, Step int
	All               bool // the whole object, whatever its size
}

// Part gives a part of the slice.
func (s Slice) Part(start, stop int) Slice {
	if s.All {
		return Slice{Of: s.Of, Start: start, Stop: stop, Step: 1}
	}
	return Slice{Of: s.Of, Start: s.Start + start*s.Step, Stop: s.Start + stop*s.Step, Step: s.Step}
}

// At gives one value of the slice.
func (s Slice) At(index int) Slice { return s.Part(index, index+1) }

// Every gives every step-th value of the slice.
func (s Slice) Every(step int) Slice {
	s.Step *= step
	return s
}

func (s Slice) slice() Slice { return s }

// Range resolves the slice for an object of size values.
func (s Slice) Range(size int) (start, step, count int) {
	if s.All {
		return 0, 1, size
	}
	return s.Start, s.Step, (s.Stop - s.Start + s.Step - 1) / s.Step
}

// problem says what is wrong with a slice of an object of size values.
func (s Slice) problem(size int) string {
	if s.All || s.Step >= 1 && s.Start >= 0 && s.Stop <= size && s.Start < s.Stop {
		return ""
	}
	return fmt.Sprintf("slice [%d:%d:%d] of %d values", s.Start, s.Stop, s.Step, size)
}

// whole is the slice of all of an object.
func whole(e Endpoint) Slice { return Slice{Of: e, Step: 1, All: true} }

// baseOf gives what an endpoint and every other object have in common.
func baseOf(e Endpoint) *object {
	switch e := e.(type) {
	case *Ensemble:
		return &e.object
	case *Population:
		return &e.object
	case *Node:
		return &e.object
	case *Connection:
		return &e.object
	}
	return nil
}

// String names the slice: "cell", "cell[0:2]".
func (s Slice) String() string {
	name := ""
	if of, ok := s.Of.(interface{ Path() string }); ok {
		name = of.Path()
	}
	switch {
	case s.All:
		return name
	case s.Step == 1 && s.Stop == s.Start+1:
		return fmt.Sprintf("%s[%d]", name, s.Start)
	case s.Step == 1:
		return fmt.Sprintf("%s[%d:%d]", name, s.Start, s.Stop)
	}
	return fmt.Sprintf("%s[%d:%d:%d]", name, s.Start, s.Stop, s.Step)
}
