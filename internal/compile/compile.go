// Package compile turns a network into a program: one file per noun, with the
// same names as in the root package. What an ensemble is stands in ensemble.go
// there; how it is built, in ensemble.go here.
package compile

import (
	"errors"
	"fmt"
	"reflect"
	"sync"

	"soma"
	"soma/connect"
	"soma/dist"
	"soma/internal/cache"
	"soma/internal/kernel"
	"soma/internal/program"
	"soma/internal/rng"
	"soma/learn"
	"soma/synapse"
)

// Options of a build.
type Options struct {
	Dt    float64
	Level kernel.Level
	// Learned is what connections start from, by their names.
	Learned []learn.State
	// Freeze leaves all learning out.
	Freeze  bool
	Threads int // to build with; the result does not depend on it
	// Cache keeps decoders that took long to find; nil: none does.
	Cache *cache.Store
}

// Built is a compiled network.
type Built struct {
	Program *program.Program
	Probes  map[*soma.Probe]*program.Record
	Tunings map[*soma.Ensemble]*Tuning
	Neurons int // in all populations
	// PassedThrough are the nodes without a function that the program does without.
	PassedThrough []*soma.Node
	// Decodings are those of the connections from ensembles with neurons.
	Decodings map[*soma.Connection]*Decoding
	// Synapses are the connections by single synapses.
	Synapses map[*soma.Connection]*program.Synapses
	// Weights gives the matrix of each connection that carries values, decoders and
	// transform in one, as it is at the start.
	Weights map[*soma.Connection]func() *connect.Matrix
	// Learned is where what connections learn is to be found.
	Learned []Learned
}

// Learned is one array that a connection learns; see RowByRow for the order of its
// values.
type Learned struct {
	// Synapses are single ones; the array is then their weights, and the rest is of
	// no account but the connection.
	Synapses   *program.Synapses
	Of         *soma.Connection // of weights that carry values
	Connection string           // its path, with a number when several share it
	Name       string           // "weights", "encoders"
	Shape      []int
	View       program.View
	byRows     bool // whatever its shape
}

// Network compiles a network. Whatever is wrong with it is returned together, as
// soma.Errors.
func Network(net *soma.Network, opts Options) (*Built, error) {
	b := &builder{
		net: net, opts: opts, seed: net.Seed,
		program: &program.Program{Dt: opts.Dt},
		built: Built{
			Probes:  map[*soma.Probe]*program.Record{},
			Tunings: map[*soma.Ensemble]*Tuning{},
			Weights: map[*soma.Connection]func() *connect.Matrix{},

			Decodings: map[*soma.Connection]*Decoding{},
		},
		inputs:   map[soma.Endpoint]program.View{},
		outputs:  map[soma.Endpoint]program.View{},
		states:   map[*soma.Population]map[string]program.View{},
		sums:     map[program.Signal]bool{},
		decoders: map[decoderKey][]float64{},
		neurons:  map[*soma.Population]*program.Neurons{},
		cellOf:   map[*soma.Population]int{},
		paths:    map[string]int{},
		faulty:   map[string]bool{},
		errors:   soma.AsErrors(net.Check(opts.Dt)),
	}
	for _, err := range b.errors {
		b.faulty[err.Object] = true
	}
	b.all()
	if err := b.errors.Err(); err != nil {
		return nil, err
	}
	b.gatherCells()
	b.built.Synapses = b.listSynapses()
	b.prune()
	b.passThrough()
	b.fold()
	b.shareRows()
	b.resetSums()
	b.built.Program = b.program
	if _, _, err := b.program.Levels(); err != nil {
		return nil, cycleError(net, err)
	}
	return &b.built, nil
}

// builder is a network on its way to a program.
type builder struct {
	net     *soma.Network
	opts    Options
	seed    uint64
	program *program.Program
	built   Built
	errors  soma.Errors

	inputs  map[soma.Endpoint]program.View // what connections add to
	outputs map[soma.Endpoint]program.View // nodes, Direct ensembles; neurons
	states  map[*soma.Population]map[string]program.View
	// sums are the signals that some operator increments; each step they start
	// from their initial value.
	sums     map[program.Signal]bool
	decoders map[decoderKey][]float64 // found; nil: found to be impossible
	currents sync.Pool                // see activities
	neurons  map[*soma.Population]*program.Neurons

	cells    program.Cells            // the populations that single synapses connect
	cellOf   map[*soma.Population]int // and their numbers
	learning learning

	paths map[string]int // how many connections have a path
	// modulators are the connections whose spikes gate rules.
	modulators []*soma.Connection
	drawn      []*soma.Connection // whose synapses are cells.Synapses, one by one
	// faulty are the objects that the check found wrong. They are not built; the
	// others are, to find what is wrong with them in the same go.
	faulty map[string]bool
}

func (b *builder) all() {
	nets := b.net.All()
	b.prepareLearning()
	for _, net := range nets {
		for _, node := range net.Nodes {
			if !b.faulty[node.Path()] {
				b.node(node)
			}
		}
		for _, p := range net.Populations {
			if !b.faulty[p.Path()] {
				b.population(p, make([]float64, p.N))
			}
		}
		for _, e := range net.Ensembles {
			if !b.faulty[e.Path()] {
				b.ensemble(e)
			}
		}
	}
	b.findDecoders(b.askedDecoders())
	for _, net := range nets {
		for _, conn := range net.Connections {
			if !b.faulty[conn.Path()] {
				b.connection(conn)
			}
		}
	}
	b.modulate()
	for _, net := range nets {
		for _, p := range net.Probes {
			if !b.faulty[p.Path()] {
				b.probe(p)
			}
		}
	}
}

// fail reports what is wrong with a field of an object.
func (b *builder) fail(pos soma.Position, object, field string, err error, remedy string) {
	var known *soma.Error
	if errors.As(err, &known) && known.Pos.File != "" {
		pos = known.Pos
		err = errors.New(known.Problem)
		if known.Remedy != "" {
			remedy = known.Remedy
		}
	}
	b.errors = append(b.errors, &soma.Error{Pos: pos, Object: object, Field: field, Problem: err.Error(), Remedy: remedy})
}

// stream is where the random numbers of one purpose of an object come from.
func (b *builder) stream(path, purpose string) rng.Stream {
	return rng.New(b.seed, path, purpose)
}

// draw takes n points of d values from a distribution.
func (b *builder) draw(o where, field string, d dist.Distribution, n, dims int) []float64 {
	values, err := b.values(o.path, field, d, n, dims)
	if err != nil {
		b.fail(o.at(field), o.path, field, err, "")
		return nil
	}
	return values
}

// values is draw for several goroutines.
func (b *builder) values(path, field string, d dist.Distribution, n, dims int) ([]float64, error) {
	values, err := d.Draw(b.stream(path, field), n, dims)
	if err == nil && len(values) != n*dims {
		err = fmt.Errorf("the distribution gave %d values, %d needed", len(values), n*dims)
	}
	return values, err
}

// where is an object as messages and random streams name it.
type where struct {
	path string
	at   func(field string) soma.Position
}

// resetSums lets every signal that is incremented start from its initial value
// in each step. A sum that nothing increments keeps its value without any work.
func (b *builder) resetSums() {
	for i := range b.program.Signals {
		s := program.Signal(i)
		if b.sums[s] {
			init := b.program.Signals[i].Init
			b.program.Operate(&program.Reset{
				Label:  program.Label(b.program.Signals[i].Name),
				To:     program.View{Signal: s, Step: 1, Count: len(init)},
				Values: init,
			})
		}
	}
}

// filter passes a view through a synapse; without one the view itself is given.
// Where each value has a synapse of its own, those side by side that are alike
// share a filter.
func (b *builder) filter(label string, s synapse.Synapse, from program.View, fail func(error)) program.View {
	if synapse.IsNone(s) {
		return from
	}
	to := b.program.Add(label+" filtered", make([]float64, from.Count))
	each, ok := s.(synapse.Each)
	if !ok {
		b.filterPart(label, s, from, to, fail)
		return to
	}
	if len(each) != from.Count {
		fail(fmt.Errorf("%d synapses for %d values; give one for each", len(each), from.Count))
		return to
	}
	for i := 0; i < len(each); {
		n := 1
		for i+n < len(each) && reflect.DeepEqual(each[i], each[i+n]) {
			n++
		}
		b.filterPart(label, each[i], section(from, i, n), section(to, i, n), fail)
		i += n
	}
	return to
}

func (b *builder) filterPart(label string, s synapse.Synapse, from, to program.View, fail func(error)) {
	system, err := s.Discrete(b.opts.Dt)
	if err != nil {
		fail(err)
		return
	}
	b.program.Operate(&program.Filter{Label: program.Label(label), From: from, To: to, System: system})
}

// slice applies a slice of an object to the view of all its values.
func slice(v program.View, s soma.Slice) program.View {
	start, step, count := s.Range(v.Count)
	return program.View{Signal: v.Signal, Start: v.Start + start*v.Step, Step: step * v.Step, Count: count}
}

// section gives n values of a view from the i-th on.
func section(v program.View, i, n int) program.View {
	return program.View{Signal: v.Signal, Start: v.Start + i*v.Step, Step: v.Step, Count: n}
}

// cycleError points at a connection of the loop.
func cycleError(net *soma.Network, err error) error {
	var cycle *program.Cycle
	if !errors.As(err, &cycle) {
		return err
	}
	e := &soma.Error{
		Object:  cycle.Objects[0],
		Field:   "synapse",
		Problem: cycle.Error(),
		Remedy:  "give one of its connections a synapse, such as synapse = 0.005 (a lowpass of 5 ms)",
	}
	for _, object := range cycle.Objects {
		if pos := net.PositionOf(object, "synapse"); pos.File != "" && e.Pos.File == "" {
			e.Object, e.Pos = object, pos
		}
	}
	return soma.Errors{e}
}
