package soma

import (
	"slices"
	"strings"

	"soma/internal/param"
)

// A Network is a named container of ensembles, populations, nodes, connections,
// probes and further networks. It is a description: it holds no state of a
// simulation, and any number of simulators can be built from it.
type Network struct {
	object
	Seed uint64 // of the outermost network; every random number follows from it
	// Kind is what makes networks of this kind, "nef.Product"; "" for others.
	// Overviews show a network of a kind as one thing.
	Kind string

	Ensembles   []*Ensemble
	Populations []*Population // without the neurons of ensembles
	Nodes       []*Node
	Connections []*Connection
	Probes      []*Probe
	Networks    []*Network

	reports []param.Problem // what Report noted
}

// New makes an empty network.
func New(name string, seed uint64) *Network {
	return &Network{object: object{Name: name, Pos: caller(2)}, Seed: seed}
}

// Network adds a network inside of this one. Names need to be unique only
// within a network.
func (n *Network) Network(name string) *Network {
	sub := &Network{object: n.newObject(name)}
	n.Networks = append(n.Networks, sub)
	return sub
}

// All lists the network and every network inside it, outer ones first.
func (n *Network) All() []*Network {
	all := []*Network{n}
	for _, sub := range n.Networks {
		all = append(all, sub.All()...)
	}
	return all
}

// Root is the outermost network.
func (n *Network) Root() *Network {
	for n.parent != nil {
		n = n.parent
	}
	return n
}

// Report notes that a field of what the network was made from is wrong; Check
// reports it with everything else. It is for what makes networks of a kind, such
// as package nef, so that a mistake does not end the making of a model.
func (n *Network) Report(field, problem, remedy string) {
	n.reports = append(n.reports, param.Problem{Field: field, Problem: problem, Remedy: remedy})
}

// Place says where the network, and everything in it, was made: errors about any
// part of it then point there.
func (n *Network) Place(pos Position) {
	for _, net := range n.All() {
		net.Pos = pos
		for _, o := range net.objects() {
			o.object.Pos = pos
		}
		for _, e := range net.Ensembles {
			e.describeNeurons()
		}
		for _, conn := range net.Connections {
			conn.Pos = pos
		}
		for _, p := range net.Probes {
			p.Pos = pos
		}
	}
}

// Check reports everything that is wrong with the network's description, for
// steps of dt seconds, as Errors. What shows only when functions are evaluated
// over many points, or decoders solved, is reported by sim.New.
func (n *Network) Check(dt float64) error {
	c := &checker{dt: dt, root: n.Root(), modulators: map[LearningInput]*Connection{}}
	all := n.All()
	for _, net := range all {
		for _, e := range net.Ensembles {
			e.describeNeurons()
		}
	}
	for _, net := range all {
		net.check(c)
	}
	return c.errors.Err()
}

func (n *Network) check(c *checker) {
	c.unique(n)
	c.problems(&n.object, "", n.reports)
	for _, e := range n.Ensembles {
		e.check(c)
	}
	for _, p := range n.Populations {
		p.check(c)
	}
	for _, node := range n.Nodes {
		node.check(c)
	}
	for _, conn := range n.Connections {
		conn.check(c)
	}
	for _, p := range n.Probes {
		p.check(c)
	}
}

// object is what everything in a network has.
type object struct {
	Name string
	Pos  Position // where it was made
	// FieldPos is where single fields were given, by their name in model files.
	FieldPos map[string]Position

	parent *Network
}

// newObject must be called directly by the exported method that the user calls.
func (n *Network) newObject(name string) object {
	return object{Name: name, Pos: caller(3), parent: n}
}

// Path is the object's name with those of the networks around it, without the
// outermost: "inner.cell".
func (o *object) Path() string {
	names := []string{o.Name}
	for n := o.parent; n != nil && n.parent != nil; n = n.parent {
		names = append(names, n.Name)
	}
	slices.Reverse(names)
	return strings.Join(names, ".")
}

// root is the outermost network around the object; nil for that network itself.
func (o *object) root() *Network {
	if o.parent == nil {
		return nil
	}
	return o.parent.Root()
}

// FieldPosition is where a field was given, or else where the object was made.
func (o *object) FieldPosition(field string) Position {
	if pos, ok := o.FieldPos[field]; ok {
		return pos
	}
	return o.Pos
}

// PositionOf is where a field of the object with the given path was given, or
// else where the object was made.
func (n *Network) PositionOf(path, field string) Position {
	for _, net := range n.All() {
		for _, o := range net.objects() {
			if o.object.Path() == path {
				return o.object.FieldPosition(field)
			}
		}
		for _, conn := range net.Connections {
			if conn.Path() == path {
				return conn.FieldPosition(field)
			}
		}
	}
	return Position{}
}
