package engine

import (
	"fmt"

	"soma/internal/program"
	"soma/internal/sparse"
)

// cells is the populations that single synapses connect. Package sparse holds
// their synapses, delivers spikes, and divides the neurons among partitions, each
// of which belongs to one thread for the whole step.
type cells struct {
	net  *sparse.Network
	list []*cell
	held []held
}

// cell is one population of cells.
type cell struct {
	*group
	memory []float64
	parts  []sparse.Range // the neurons of each partition that has any
	// watched are the state variables of a fast population that somebody reads:
	// its state is held by package sparse.
	fast    bool
	watched []watched
}

// watched is a state variable that somebody reads, and where.
type watched struct {
	name string
	to   span
}

// newCells builds the synapses. Levels, threads and partitions are of no
// consequence for the result.
func (e *Engine) newCells(l *layout, op *program.Cells, level int) (*cells, error) {
	c := &cells{}
	total := 0
	spec := sparse.Spec{Dt: e.dt, Level: e.options.Level, Partitions: e.options.Partitions}
	for i, n := range op.Populations {
		g := e.newGroup(l, groupPlan{level: level, members: []*program.Neurons{n}})
		one := &cell{group: g, memory: e.memory, watched: e.watched(g, n)}
		c.list = append(c.list, one)
		e.groups = append(e.groups, g)
		spec.Populations = append(spec.Populations, e.sparsePopulation(op, i, one))
		total += n.N
	}
	for i, s := range op.Synapses {
		if s.Held.Count > 0 {
			c.held = append(c.held, e.hold(l, i, s))
		}
		spec.Projections = append(spec.Projections, sparse.Projection{
			Source: sparse.Part(s.From), Target: sparse.Part(s.To), Receptor: s.Receptor,
			Rule: s.Rule, Weight: s.Weight, Delay: s.Delay,
			Pairs: s.Pairs, Weights: s.Weights, Delays: s.Delays,
			SourcePlaces: s.SourcePlaces, TargetPlaces: s.TargetPlaces,
			Plastic: sparse.Plastic{Rule: s.Learning, Release: s.Release, Modulation: modulation(s.Modulator), Voltages: c.voltages(s), Frozen: s.Frozen},
		})
	}
	spec.Threads = max(1, min(e.options.Threads, max(total/cellsPerThread, spec.Partitions)))
	e.cellThreads = spec.Threads
	if err := affordable(spec, op.Object()); err != nil {
		return nil, err
	}
	var err error
	if c.net, err = sparse.New(spec); err != nil {
		return nil, &Fault{Object: op.Object(), Field: "synapses", Err: err}
	}
	for i, one := range c.list {
		one.parts = c.net.Parts(i)
		if one.fast { // package sparse steps it
			one.blocks = append(one.blocks, one.newBlock())
			continue
		}
		if err := one.threads(len(one.parts)); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// affordable refuses a network that the memory cannot hold, before any of it is
// allocated.
func affordable(spec sparse.Spec, object string) error {
	need, err := spec.Estimate()
	if err != nil {
		return &Fault{Object: object, Field: "synapses", Err: err}
	}
	const share = 0.9 // of what is free
	if free := float64(available()); free > 0 && need.Bytes > share*free {
		return &Fault{Object: object, Field: "memory", Err: fmt.Errorf(
			"%d neurons with %.3g synapses need about %.1f GB, and %.1f GB are free", need.Neurons, need.Synapses, need.Bytes/1e9, free/1e9)}
	}
	return nil
}

// watched lists the state variables of a population that somebody reads.
func (e *Engine) watched(g *group, n *program.Neurons) (list []watched) {
	for row, state := range n.Model.Spec().States {
		if e.read[n.States[row].Signal] {
			list = append(list, watched{state.Name, g.states[row]})
		}
	}
	return list
}

// cellsPerThread is the least number of neurons with synapses that is worth a
// thread of its own.
const cellsPerThread = 1000

// sparsePopulation describes a population to package sparse: one of its own
// models where it has the same and nothing but spikes reaches the neurons, or
// else one that the engine steps.
func (e *Engine) sparsePopulation(op *program.Cells, i int, one *cell) sparse.Population {
	n := op.Populations[i]
	var trains []sparse.Train
	for _, p := range op.Poisson {
		if p.To.Population == i {
			train := sparse.Train{
				Poisson: sparse.Poisson{Rate: p.Rate, Weight: p.Weight, Stream: p.Stream},
				First:   p.To.First, N: p.To.N, Receptor: p.Receptor,
			}
			for _, piece := range p.Pieces {
				train.Pieces = append(train.Pieces, sparse.Piece{After: piece.After, Rate: piece.Value})
			}
			trains = append(trains, train)
		}
	}
	population := sparse.Population{N: n.N}
	if model, each, ok := e.fastModel(n); ok && fuses(trains, n.N) && !sensed(op, i) {
		one.fast = true
		population.Model, population.Each, population.V = model, each, e.program.Signals[n.States[0].Signal].Init
		if len(trains) == 1 {
			population.Poisson = trains[0].Poisson
		}
		return population
	}
	population.Model = sparse.Stepped{Receptors: len(n.Model.Spec().Receptors), Trains: trains, Step: one.step}
	return population
}

// fuses says whether the Poisson input of a population can be drawn within its
// step: one train for each neuron, excitatory.
func fuses(trains []sparse.Train, n int) bool {
	return len(trains) == 0 || len(trains) == 1 && trains[0].N == n && trains[0].Receptor == 0 && trains[0].Pieces == nil
}

// step lets the group advance some neurons, for package sparse.
func (c *cell) step(step int64, first, n int, arrived [][]float64, spikes []uint32) []uint32 {
	part := 0
	for c.parts[part].First != first {
		part++
	}
	b := &c.blocks[part]
	b.Arrived = arrived
	c.advance(c.memory, step+1, part, first, first+n)
	for _, id := range b.Spikes {
		spikes = append(spikes, uint32(first)+uint32(id))
	}
	return spikes
}

// lead is how many steps cells may be ahead of everything else. Where the number of
// steps done is a multiple of it they are not, nor where a Run ends.
const lead = sparse.Remembered

// steps is how many steps the cells take at once: many if they need nothing but each
// other, and nobody asks anything but spikes of them.
func (c *cells) steps(e *Engine) int {
	for _, one := range c.list {
		if !one.fast || len(one.watched) > 0 {
			return 1
		}
	}
	if len(c.held) > 0 {
		return 1
	}
	return int(min(lead-e.step%lead, e.end-e.step))
}

func (c *cells) run(e *Engine, _ float64) {
	if int64(c.net.Step()) == e.step {
		c.net.Advance(e.team, c.steps(e))
	}
	for i, one := range c.list {
		parts := len(one.parts)
		if one.fast {
			one.fetch(c.net, int(e.step), i, e.dt)
			parts = 1
		}
		one.collect(parts)
		one.checkRunaway(e)
		one.mark(e.memory)
	}
	for _, h := range c.held {
		h.fetch(e, c.net)
	}
}

// fetch takes the spikes of a fast population over, and the state that somebody
// reads.
func (c *cell) fetch(net *sparse.Network, step, population int, dt float64) {
	b := &c.blocks[0]
	b.First, b.Spikes, b.At = 0, net.Emitted(step, population, b.Spikes[:0]), b.At[:0]
	for range b.Spikes {
		b.At = append(b.At, dt)
	}
	for _, w := range c.watched {
		net.State(population, w.name, w.to.of(c.memory))
	}
}
