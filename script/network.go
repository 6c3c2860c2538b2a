package script

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"soma/internal/suggest"

	"go.starlark.net/starlark"

	"soma"
)

// networkValue is a network in a model file.
type networkValue struct {
	*soma.Network
	s       *session
	pos     soma.Position
	methods map[string]*function
}

func (s *session) newNetworkValue(n *soma.Network, pos soma.Position) *networkValue {
	v := &networkValue{Network: n, s: s, pos: pos, methods: map[string]*function{}}
	for _, m := range networkMethods() {
		v.methods[m.attribute()] = &function{sig: m.sig, s: s, run: func(c *call) starlark.Value { return m.run(v, c) }}
	}
	return v
}

// method is a function of a network.
type method struct {
	sig *signature
	run func(*networkValue, *call) starlark.Value
}

func (m method) attribute() string { return strings.TrimPrefix(m.sig.name, "model.") }

// networkMethods are the functions behind model., in the order of the reference.
func networkMethods() []method {
	return []method{
		{ensembleSignature, (*networkValue).ensemble},
		{populationSignature, (*networkValue).population},
		{nodeSignature, (*networkValue).node},
		{connectSignature, (*networkValue).connect},
		{probeSignature, (*networkValue).probe},
		{subnetworkSignature, (*networkValue).subnetwork},
	}
}

func (v *networkValue) String() string        { return fmt.Sprintf("<network %q>", v.Name) }
func (v *networkValue) Type() string          { return "network" }
func (v *networkValue) Freeze()               {}
func (v *networkValue) Truth() starlark.Bool  { return true }
func (v *networkValue) Hash() (uint32, error) { return 0, fmt.Errorf("unhashable: network") }

func (v *networkValue) AttrNames() []string {
	names := []string{"name"}
	for name := range v.methods {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func (v *networkValue) Attr(name string) (starlark.Value, error) {
	if name == "name" {
		return starlark.String(v.Name), nil
	}
	if m, ok := v.methods[name]; ok {
		return m, nil
	}
	return v.s.noAttribute("network", name, v.AttrNames())
}

// noAttribute reports an attribute that does not exist and gives poison.
func (s *session) noAttribute(kind, name string, known []string) (starlark.Value, error) {
	if s.thread == nil { // in a function of the model
		return nil, fmt.Errorf("%s has no %q%s", indefinite(kind), name, suggest.Hint(name, known))
	}
	s.report(soma.Error{
		Pos: s.attributePos(), Problem: fmt.Sprintf("%s has no %q%s", indefinite(kind), name, suggest.Hint(name, known)),
		Remedy: "it has: " + strings.Join(known, ", "),
	})
	return s.poison, nil
}

var networkSignature = &signature{
	name: "Network", byPosition: 2,
	doc: "A network: the container of everything that is simulated. A file has one, or names its main one in `simulate`.",
	params: []parameter{
		{name: "name", kind: "string", required: true, doc: "name of the model, as in results"},
		{name: "seed", kind: "whole number", def: "0", doc: "every random number follows from it and from the names of the objects"},
	},
}

func (s *session) makeNetwork(c *call) starlark.Value {
	name := "model"
	c.text("name", &name)
	n := soma.New(name, c.seed())
	n.Pos, n.FieldPos = c.pos, c.positions()
	v := s.newNetworkValue(n, c.pos)
	s.networks = append(s.networks, v)
	return v
}

// seed reads the parameter of that name.
func (c *call) seed() uint64 {
	if !c.given("seed") {
		return 0
	}
	n, ok := c.value("seed").(starlark.Int)
	seed, fits := n.Uint64()
	if !ok || !fits {
		c.report("seed", describe(c.value("seed"))+" is no seed", "give a whole number from 0 to 2^64 - 1")
	}
	return seed
}

var subnetworkSignature = &signature{
	name: "model.network", byPosition: 1,
	doc:    "A network inside of this one, with the same functions. Names need to be unique only within a network.",
	params: []parameter{{name: "name", kind: "string", doc: "default: the name of the variable"}},
}

func (v *networkValue) subnetwork(c *call) starlark.Value {
	n := v.Network.Network("")
	sub := v.s.newNetworkValue(n, c.pos)
	c.text("name", &n.Name)
	v.s.add(&made{value: sub, net: v.Network, kind: "network", name: &n.Name, object: n, call: c})
	n.Pos, n.FieldPos = c.pos, c.positions()
	return sub
}

// made is an object of a network, until the file is read.
type made struct {
	value  starlark.Value
	net    *soma.Network
	kind   string
	name   *string
	object pathed
	call   *call
}

func (s *session) add(m *made) {
	m.call.owner = m.object
	s.made = append(s.made, m)
}

// nameObjects gives objects without a name that of the global variable they are
// the value of, or else their kind and a number.
func (s *session) nameObjects() {
	taken := map[*soma.Network]map[string]bool{}
	for _, m := range s.made {
		if taken[m.net] == nil {
			taken[m.net] = map[string]bool{}
		}
		taken[m.net][m.scope(*m.name)] = true
	}
	variables := s.variables()
	counts := map[*soma.Network]map[string]int{}
	for _, m := range s.made {
		if *m.name != "" || m.kind == "connection" {
			continue
		}
		if name := variables[m.value]; name != "" && !taken[m.net][m.scope(name)] {
			*m.name = name
		} else {
			if counts[m.net] == nil {
				counts[m.net] = map[string]int{}
			}
			for *m.name == "" || taken[m.net][m.scope(*m.name)] {
				counts[m.net][m.kind]++
				*m.name = fmt.Sprintf("%s%d", m.kind, counts[m.net][m.kind])
			}
		}
		taken[m.net][m.scope(*m.name)] = true
	}
}

// scope tells the names of probes from those of other objects.
func (m *made) scope(name string) string {
	if m.kind == "probe" {
		return "probe " + name
	}
	return name
}

// variables gives the first global variable of each object.
func (s *session) variables() map[starlark.Value]string {
	names := map[starlark.Value]string{}
	for _, f := range s.order {
		if f.syntax == nil {
			continue
		}
		for _, name := range f.bound() {
			switch v := f.globals[name].(type) {
			case *networkValue, *netValue, *objectValue, *probeValue:
				if names[v] == "" {
					names[v] = name
				}
			}
		}
	}
	return names
}

const defaultDt = 1e-3

// simulation is what simulate(…) was told.
type simulation struct {
	call    *call
	network *networkValue
	time    float64
	dt      float64
	seed    *uint64
}

var simulateSignature = &signature{
	name: "simulate", byPosition: 2,
	doc: "How long to simulate. `simulate(network, time)` names the main network where a file has several.",
	params: []parameter{
		{name: "time", kind: "s", required: true, doc: "length of the simulation"},
		{name: "network", kind: "network", doc: "the main network; may come first"},
		{name: "dt", kind: "s", def: "1*ms", doc: "length of a step"},
		{name: "seed", kind: "whole number", doc: "takes the place of the network's"},
	},
}

func (s *session) simulate(c *call) starlark.Value {
	if s.run != nil {
		c.reportAt(c.pos, "", "the simulation is declared already, at "+s.run.call.pos.String(), "call simulate once")
		return starlark.None
	}
	if _, first := c.values[0].(*networkValue); first || isPoison(c.values[0]) {
		c.values[0], c.values[1] = c.values[1], c.values[0]
		if c.values[0] == nil && !c.bad {
			c.reportAt(c.pos, "", "missing: time", "write simulate(network, 1*second)")
		}
	}
	s.run = &simulation{call: c, dt: defaultDt}
	c.number("time", &s.run.time)
	c.number("dt", &s.run.dt)
	c.positive("time", s.run.time, "1*second")
	c.positive("dt", s.run.dt, "1*ms")
	if c.given("time") && !c.bad && s.run.time < s.run.dt {
		c.report("time", fmt.Sprintf("%g s is shorter than the step of %g s", s.run.time, s.run.dt), "simulate for at least one step")
	}
	if c.given("network") {
		n, ok := c.value("network").(*networkValue)
		if !ok {
			c.report("network", describe(c.value("network"))+" is no network", "give what Network(…) made")
		}
		s.run.network = n
	}
	if c.given("seed") {
		seed := c.seed()
		s.run.seed = &seed
	}
	return starlark.None
}

// positive reports a given quantity that is not above 0.
func (c *call) positive(name string, x float64, example string) {
	if c.given(name) && !c.spoilt[name] && !(x > 0 && !math.IsInf(x, 0)) {
		c.report(name, fmt.Sprintf("%g is not above 0", x), "give a time, such as "+example)
	}
}

// chooseNetwork finds the main network and how to simulate it.
func (s *session) chooseNetwork(m *Model) {
	if s.run == nil {
		if !s.ended {
			s.report(soma.Error{Pos: s.endOfFile(), Problem: "the file does not say how long to simulate", Remedy: "end it with simulate(1*second)"})
		}
	} else {
		m.Time, m.Dt = s.run.time, s.run.dt
	}
	if s.opts.Dt != 0 {
		m.Dt = s.opts.Dt
	}
	switch {
	case s.run != nil && s.run.network != nil:
		m.Network = s.run.network.Network
	case len(s.networks) == 1:
		m.Network = s.networks[0].Network
	case len(s.networks) == 0:
		if !s.ended && len(s.mistakes) == 0 {
			s.report(soma.Error{Pos: s.endOfFile(), Problem: "the file makes no network", Remedy: "begin it with model = Network(\"name\")"})
		}
	case s.run != nil:
		s.report(soma.Error{Pos: s.run.call.pos, Object: "simulate", Problem: fmt.Sprintf("the file makes %d networks", len(s.networks)), Remedy: "name the main one: simulate(network, time)"})
	}
	if m.Network != nil && m.Network.Root() != m.Network {
		s.report(soma.Error{Pos: s.run.call.argumentPos("network"), Object: "simulate", Problem: m.Network.Path() + " is inside of another network", Remedy: "simulate the outermost one"})
		m.Network = m.Network.Root()
	}
	if m.Network != nil && s.run != nil && s.run.seed != nil {
		m.Network.Seed = *s.run.seed
	}
}

// endOfFile is the last line of the model file.
func (s *session) endOfFile() soma.Position {
	if len(s.order) == 0 {
		return soma.Position{File: s.path}
	}
	text := strings.TrimRight(string(s.order[0].source), "\n\t ")
	return soma.Position{File: s.path, Line: strings.Count(text, "\n") + 1}
}
