package engine

import (
	"fmt"
	"slices"
	"sort"

	"soma/internal/kernel"
	"soma/internal/program"
	"soma/internal/team"
	"soma/neuron"
)

// minPerThread is the least number of neurons that is worth a thread of its own.
const minPerThread = 8192

// group is neurons of equal models that are stepped as one run.
type group struct {
	level     int
	n         int
	model     neuron.Model
	env       neuron.Env
	spiking   bool
	spikeSize float64 // amplitude/dt
	dense     bool    // somebody reads the spikes as values
	listed    bool    // somebody asks for the spikes of each member
	unseen    bool    // nobody reads the state of any
	encoded   bool    // some members have an encoding
	shown     bool    // the input of some is in memory: operators write it, or somebody reads it
	input     span
	states    []span
	output    span
	members   []member

	steppers []neuron.Stepper // one per thread
	blocks   []neuron.Block   // one per thread
	scratch  [][]float64      // room for input, one per thread
	spikes   []int32          // of this step, counted within the group, rising
	at       []float64        // when, from the start of the step, s
	joined   []int32          // room for the spikes of several parts
	joinedAt []float64
	marked   []int32 // spikes that are in the dense output
}

// member is one population of a group: neurons lo up to hi.
type member struct {
	group       *group
	label       program.Label
	output      program.Signal
	lo, hi      int
	encoding    encoding // of its input; without columns: operators compute it
	first, last int      // its spikes of this step: group.spikes[first:last]
}

func (e *Engine) newGroup(l *layout, plan groupPlan) *group {
	head := plan.members[0]
	spec := head.Model.Spec()
	g := &group{
		level: plan.level, model: head.Model, env: head.Env,
		spiking: spec.Spiking, spikeSize: spec.Amplitude / e.dt,
	}
	for _, op := range plan.members {
		m := member{group: g, label: op.Label, output: op.Output.Signal, lo: g.n, hi: g.n + op.N, encoding: e.encodings[op.Input.Signal]}
		g.members = append(g.members, m)
		g.n += op.N
	}
	whole := func(v program.View) span { return span{l.offset[v.Signal], 1, g.n} }
	g.input, g.output = whole(head.Input), whole(head.Output)
	for _, s := range head.States {
		g.states = append(g.states, whole(s))
	}
	g.storeEncodings()
	return g
}

// seen says whether somebody reads the state of any of the neurons.
func (e *Engine) seen(plan groupPlan) bool {
	for _, op := range plan.members {
		for _, s := range op.States {
			if e.read[s.Signal] {
				return true
			}
		}
	}
	return false
}

// threads prepares the group for stepping on n threads.
func (g *group) threads(n int) error {
	for len(g.steppers) < n {
		s, err := g.model.NewStepper(g.env)
		if err != nil {
			return err
		}
		g.start(s)
		g.steppers = append(g.steppers, s)
		g.blocks = append(g.blocks, g.newBlock())
		if g.encoded {
			g.scratch = append(g.scratch, make([]float64, min(g.n, encodedBlock)))
		}
	}
	return nil
}

// start prepares a stepper for the first step.
func (g *group) start(s neuron.Stepper) {
	if s, ok := s.(neuron.Owner); ok && g.unseen {
		s.Own()
	}
}

// parts is how many parts the neurons are worth: one for each of a team, or one.
func (g *group) parts(t *team.Team) int {
	if g.n < minPerThread*t.Size() {
		return 1
	}
	return t.Size()
}

func (g *group) newBlock() neuron.Block {
	return neuron.Block{State: make([][]float64, len(g.states))}
}

func (g *group) clear() {
	for _, s := range g.steppers {
		g.start(s)
	}
	g.spikes, g.at, g.marked = g.spikes[:0], g.at[:0], g.marked[:0]
	for i := range g.members {
		g.members[i].first, g.members[i].last = 0, 0
	}
}

func (g *group) run(e *Engine, _ float64) {
	parts := g.parts(e.team)
	if err := g.threads(parts); err != nil {
		e.fail(g.members[0].label, "neuron", err)
		return
	}
	if parts == 1 {
		g.advance(e.memory, e.step+1, 0, 0, g.n)
	} else {
		e.team.Split(g.n, func(worker, lo, hi int) { g.advance(e.memory, e.step+1, worker, lo, hi) })
	}
	if g.spiking {
		g.collect(parts)
		g.checkRunaway(e)
		g.mark(e.memory)
	}
}

// encodedBlock is how many neurons are encoded and then stepped in turn.
const encodedBlock = 8192

// advance steps neurons lo up to hi, with the block and stepper of a worker. The
// spikes are counted from lo.
func (g *group) advance(memory []float64, step int64, worker, lo, hi int) {
	b := &g.blocks[worker]
	b.Step = step
	b.Spikes, b.At = b.Spikes[:0], b.At[:0]
	if !g.encoded {
		g.stepBlock(memory, g.input.of(memory)[lo:hi], worker, lo, hi)
		return
	}
	for first := lo; first < hi; first += encodedBlock {
		last, before := min(first+encodedBlock, hi), len(b.Spikes)
		j := g.scratch[worker][:last-first]
		if g.shown {
			j = g.input.of(memory)[first:last]
		}
		g.encode(memory, j, first, last)
		g.stepBlock(memory, j, worker, first, last)
		if first > lo {
			for k := before; k < len(b.Spikes); k++ {
				b.Spikes[k] += int32(first - lo)
			}
		}
	}
	b.First = lo
}

func (g *group) stepBlock(memory, input []float64, worker, lo, hi int) {
	b := &g.blocks[worker]
	b.First = lo
	b.Input = input
	for i, s := range g.states {
		b.State[i] = s.of(memory)[lo:hi]
	}
	if !g.spiking {
		b.Output = g.output.of(memory)[lo:hi]
	}
	g.steppers[worker].Step(b)
}

// collect finds the spikes of the step, and each member's.
func (g *group) collect(parts int) {
	if parts == 1 {
		g.spikes, g.at = g.blocks[0].Spikes, g.blocks[0].At
	} else {
		g.join(parts)
	}
	if !g.listed {
		return
	}
	k := 0
	for i := range g.members {
		m := &g.members[i]
		m.first = k
		for k < len(g.spikes) && int(g.spikes[k]) < m.hi {
			k++
		}
		m.last = k
	}
}

// join puts the spikes of several parts into one list.
func (g *group) join(parts int) {
	g.spikes, g.at = g.joined[:0], g.joinedAt[:0]
	for i := range parts {
		b := &g.blocks[i]
		for _, id := range b.Spikes {
			g.spikes = append(g.spikes, id+int32(b.First))
		}
		g.at = append(g.at, b.At...)
	}
	g.joined, g.joinedAt = g.spikes, g.at
}

// checkFaults stops the run when a stepper has found its neurons at fault: the
// first of them, whoever steps it.
func (g *group) checkFaults(e *Engine) {
	for _, s := range g.steppers {
		f, ok := s.(neuron.Faulty)
		if !ok {
			return
		}
		if id, err := f.Fault(); err != nil {
			m := g.memberOf(id)
			e.fail(m.label, "neuron", fmt.Errorf("neuron %d: %w", id-m.lo, err))
			return
		}
	}
}

// checkRunaway stops the run when a neuron fires more often in a step than any
// steppers count: its input has grown without bounds.
func (g *group) checkRunaway(e *Engine) {
	g.checkFaults(e)
	const half = kernel.MaxSpikesPerStep / 2 // so many spikes of one neuron include two at multiples of it
	for k := half; k < len(g.spikes); k += half {
		if id := int(g.spikes[k]); g.spikes[k-half] == g.spikes[k] && g.count(id) >= kernel.MaxSpikesPerStep {
			m := g.memberOf(id)
			e.fail(m.label, "input", fmt.Errorf("neuron %d fires more than %d times in a step: its input is %.3g",
				id-m.lo, kernel.MaxSpikesPerStep, g.inputOf(e.memory, id)))
			return
		}
	}
}

// count is how many spikes of this step a neuron has.
func (g *group) count(id int) int {
	first, _ := slices.BinarySearch(g.spikes, int32(id))
	last, _ := slices.BinarySearch(g.spikes, int32(id+1))
	return last - first
}

// inputOf is the input of one neuron.
func (g *group) inputOf(memory []float64, id int) float64 {
	j := g.input.of(memory)[id : id+1]
	if !g.shown && g.encoded {
		j = make([]float64, 1)
		g.encode(memory, j, id, id+1)
	}
	return j[0]
}

func (g *group) memberOf(id int) *member {
	i := sort.Search(len(g.members), func(i int) bool { return id < g.members[i].hi })
	return &g.members[i]
}

// mark writes the spikes as values, where somebody reads them so.
func (g *group) mark(memory []float64) {
	if !g.dense {
		return
	}
	out := g.output.of(memory)
	for _, id := range g.marked {
		out[id] = 0
	}
	for _, id := range g.spikes {
		out[id] += g.spikeSize
	}
	g.marked = append(g.marked[:0], g.spikes...)
}
