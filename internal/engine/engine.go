// Package engine executes a program fast: the same numbers as
// program.Interpreter, to the last bit, on any number of threads.
//
// All signals lie in one block of memory. Operators of one kind that may run
// together become one stage; neurons of equal models lie side by side and are
// stepped as one run, whatever ensembles they belong to. Products from spiking
// neurons touch only the neurons that fired.
package engine

import (
	"context"
	"fmt"
	"time"

	"soma/internal/kernel"
	"soma/internal/program"
	"soma/internal/team"
)

// Options of an engine. They change its speed and nothing else.
type Options struct {
	Threads int
	Level   kernel.Level
	// Partitions is how many the cells are divided into; 0: as many as threads
	// are worth it.
	Partitions int
	// RecordBytes is how much of what is recorded stays in memory; the rest goes to a
	// temporary file. 0: all stays.
	RecordBytes int64
}

// Engine is a running program: all its state, and a clock.
type Engine struct {
	dt      float64
	memory  []float64 // every signal
	offsets []int     // of each signal in memory
	initial []float64
	stages  []stage
	filters []filter
	// lowpasses are the most common of them, all together.
	lowpasses lowpasses
	stale     []staleInput
	learns    []learner
	delays    []delay
	records   []record
	spill     spill
	groups    []*group
	// encodings are the inputs that neurons compute themselves, by their signal, in
	// place of some operators.
	encodings map[program.Signal]encoding
	replaced  map[program.Operator]bool
	read      map[program.Signal]bool // by some operator
	program   *program.Program
	options   Options
	// cellThreads is how many threads the cells are divided for.
	cellThreads int

	team    *team.Team // of the current Run
	step    int64      // steps done
	end     int64      // of the current Run
	calling program.Label
	// updating: the step has been counted, and weights learn.
	updating bool
	fault    *Fault
}

// A stage is a set of operators of one kind that run one after the other.
type stage interface {
	run(e *Engine, t float64)
}

// A Fault is what stops a run: an error in a user's function, or runaway
// activity.
type Fault struct {
	Object string
	Field  string
	Time   float64 // s
	Err    error
}

// Error implements error.
func (f *Fault) Error() string { return fmt.Sprintf("%s: at t = %.6g s: %v", f.Object, f.Time, f.Err) }

// Unwrap gives the error that the function reported.
func (f *Fault) Unwrap() error { return f.Err }

// New prepares a program.
func New(p *program.Program, opts Options) (*Engine, error) {
	levels, updates, err := p.Levels()
	if err != nil {
		return nil, err
	}
	e := &Engine{dt: p.Dt, program: p, options: opts}
	l := newLayout(p, levels)
	e.memory = make([]float64, l.size)
	for i, s := range p.Signals {
		copy(e.memory[l.offset[i]:], s.Init)
	}
	e.offsets = l.offset
	e.initial = append([]float64(nil), e.memory...)
	e.read = readSignals(p)
	e.findEncodings(l)
	if err := e.build(l, levels); err != nil {
		return nil, err
	}
	e.buildFilters(l, updates)
	e.buildLearns(l, updates)
	e.buildDelays(l, updates)
	return e, e.Reset()
}

// readSignals are those that some operator reads.
func readSignals(p *program.Program) map[program.Signal]bool {
	read := map[program.Signal]bool{}
	for _, op := range p.Operators {
		for _, u := range op.Uses() {
			read[u.Signal] = read[u.Signal] || u.Access == program.Reads
		}
	}
	return read
}

// Reset goes back to before the first step.
func (e *Engine) Reset() error {
	copy(e.memory, e.initial)
	for i := range e.filters {
		clear(e.filters[i].state)
	}
	for i := range e.delays {
		clear(e.delays[i].ring)
		e.delays[i].next = 0
	}
	for _, s := range e.stages {
		if list, ok := s.(traces); ok {
			for i := range list {
				clear(list[i].state)
			}
		}
	}
	for i := range e.records {
		e.records[i].clear()
	}
	e.spill.clear()
	for _, g := range e.groups {
		g.clear()
	}
	e.step, e.fault, e.updating = 0, nil, false
	if err := e.startRules(); err != nil {
		return err
	}
	for _, s := range e.stages {
		switch s := s.(type) {
		case *sources:
			if err := s.start(); err != nil {
				return err
			}
		case *cells:
			s.net.Reset()
		}
	}
	return nil
}

// Steps is the number of steps done.
func (e *Engine) Steps() int64 { return e.step }

// Run executes n steps. It stops after a whole step when ctx ends, or when a
// user's function fails, and says why; what was recorded until then stays.
func (e *Engine) Run(ctx context.Context, n int64) (err error) {
	if e.fault != nil {
		return e.fault
	}
	e.team = team.New(e.threads())
	defer e.team.Stop()
	defer e.recoverCall(&err)
	check := time.Now()
	for e.end = e.step + n; e.step < e.end; {
		if e.step%lead == 0 && time.Since(check) > 5*time.Millisecond {
			if err := ctx.Err(); err != nil {
				return err
			}
			check = time.Now()
		}
		e.oneStep()
		if e.fault != nil {
			return e.fault
		}
	}
	return ctx.Err()
}

// oneStep is the step contract: set, increment and read in the order of the
// stages, record, and at last update what the next step sees.
func (e *Engine) oneStep() {
	t := float64(float64(e.step+1) * e.dt)
	for _, s := range e.stages {
		s.run(e, t)
	}
	if e.fault != nil {
		return
	}
	e.step++
	e.record()
	e.update()
}

// recoverCall turns a panic of a user's function into a fault; any other panic
// goes on.
func (e *Engine) recoverCall(err *error) {
	if e.calling == "" {
		return
	}
	r := recover()
	if r == nil {
		return
	}
	cause, ok := r.(error)
	if !ok {
		cause = fmt.Errorf("%v", r)
	}
	e.fail(e.calling, e.called(), cause)
	e.calling = ""
	*err = e.fault
}

// called is the field of an object whose function is being called.
func (e *Engine) called() string {
	if e.updating {
		return "learning"
	}
	return "function"
}

func (e *Engine) fail(object program.Label, field string, err error) {
	step := e.step + 1
	if e.updating {
		step = e.step
	}
	if e.fault == nil {
		e.fault = &Fault{Object: string(object), Field: field, Time: float64(step) * e.dt, Err: err}
	}
}

// threads is how many the program is large enough to use.
func (e *Engine) threads() int {
	largest := 0
	for _, g := range e.groups {
		largest = max(largest, g.n/minPerThread)
	}
	largest = max(largest, e.learningWork()/learningPerThread)
	for _, s := range e.stages {
		if list, ok := s.(products); ok {
			for _, p := range list {
				if m, ok := p.(*matrix); ok {
					largest = max(largest, m.work()/workPerThread)
				}
			}
		}
	}
	return max(1, e.cellThreads, min(e.options.Threads, largest))
}
