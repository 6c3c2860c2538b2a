// Package sim runs networks.
//
// [New] builds a [Simulator] from a network: gains and biases are solved,
// decoders found, initial values drawn. Run advances it, Data gives what its
// probes recorded:
//
//	s, err := sim.New(net, sim.Options{})
//	if err != nil { … }                  // soma.Errors: all mistakes together
//	err = s.Run(ctx, 1)                  // one second
//	data := s.Data(probe)
//
// All state lives in the simulator: any number of them can be made from one
// network and run at the same time. A simulator itself belongs to one goroutine
// at a time.
//
// The network and its seed define every number in the result, bit for bit,
// whatever the number of threads and whatever the machine.
package sim

import (
	"context"
	"errors"
	"fmt"
	"math"
	"runtime"

	"soma"
	"soma/internal/cache"
	"soma/internal/compile"
	"soma/internal/engine"
	"soma/internal/kernel"
	"soma/learn"
)

// Options of a simulator; the zero value of each field means its default.
type Options struct {
	// Dt is the length of a step, s; default 1 ms.
	Dt float64
	// Threads is how many threads a large network may use; default: all cores.
	Threads int
	// Kernel selects the inner loops: "portable", "avx2" or "avx512"; default: the
	// best that the machine has. The results are the same.
	Kernel string
	// RecordBytes is how much of what probes record is kept in memory, in bytes; the
	// rest goes to a temporary file, which goes with the simulator. Default: 256 MiB;
	// negative: all stays in memory. What is recorded is the same.
	RecordBytes int64
	// Learned is what connections start from, as Simulator.Learned of the same
	// network gave it.
	Learned []learn.State
	// KeepDecoders adds to what Simulator.Learned gives the decoders of connections that
	// do not learn, so that another simulator need not solve for them.
	KeepDecoders bool
	// DecoderCache is a folder where decoders that take long to find are kept and
	// looked for, by everything that they depend on; it stays below 512 MiB. The
	// results are the same. Default: nothing is kept.
	DecoderCache string
	// Freeze leaves all learning out: connections keep the weights that they start
	// with.
	Freeze bool
}

// DefaultRecordBytes is the RecordBytes of a simulator that names none.
const DefaultRecordBytes = 256 << 20

// cacheBytes bounds the decoders that are kept in a folder.
const cacheBytes = 512 << 20

// DefaultDt is the step of a simulator that names none, s.
const DefaultDt = 0.001

// A Simulator is a built network with its state and clock.
type Simulator struct {
	net    *soma.Network
	opts   Options
	built  *compile.Built
	engine *engine.Engine
	cached int
}

// New builds a simulator. What is wrong with the network is returned together,
// as soma.Errors.
func New(net *soma.Network, opts Options) (*Simulator, error) {
	level, err := opts.complete()
	if err != nil {
		return nil, err
	}
	var kept *cache.Store
	if opts.DecoderCache != "" {
		kept = cache.Open(opts.DecoderCache, cacheBytes)
	}
	built, err := compile.Network(net, compile.Options{
		Dt: opts.Dt, Level: level, Threads: opts.Threads, Learned: opts.Learned, Freeze: opts.Freeze, Cache: kept,
	})
	if err != nil {
		return nil, err
	}
	e, err := engine.New(built.Program, engine.Options{Threads: opts.Threads, Level: level, RecordBytes: max(opts.RecordBytes, 0)})
	if err != nil {
		return nil, asErrors(net, err)
	}
	return &Simulator{net: net, opts: opts, built: built, engine: e, cached: kept.Hits()}, nil
}

// complete fills in the defaults.
func (o *Options) complete() (kernel.Level, error) {
	if o.Dt == 0 {
		o.Dt = DefaultDt
	}
	if !(o.Dt > 0) || math.IsInf(o.Dt, 0) {
		return 0, soma.Errors{{Field: "dt", Problem: fmt.Sprintf("a step of %g s", o.Dt), Remedy: "give a positive time, such as 0.001"}}
	}
	if o.Threads < 0 {
		return 0, soma.Errors{{Field: "threads", Problem: fmt.Sprintf("%d threads", o.Threads), Remedy: "give at least 1, or 0 for all cores"}}
	}
	if o.Threads == 0 {
		o.Threads = runtime.GOMAXPROCS(0)
	}
	if o.RecordBytes == 0 {
		o.RecordBytes = DefaultRecordBytes
	}
	if o.Kernel == "" {
		o.Kernel = kernel.Best().String()
	}
	var known []string
	for _, level := range kernel.Levels() {
		if level.String() == o.Kernel {
			return level, nil
		}
		known = append(known, level.String())
	}
	return 0, soma.Errors{{Field: "kernel", Problem: fmt.Sprintf("%q is not to be had on this machine", o.Kernel), Remedy: fmt.Sprintf("use one of %v", known)}}
}

// Network is the description that the simulator was built from.
func (s *Simulator) Network() *soma.Network { return s.net }

// Dt is the length of a step, s.
func (s *Simulator) Dt() float64 { return s.opts.Dt }

// Threads is how many threads the simulator may use.
func (s *Simulator) Threads() int { return s.opts.Threads }

// Kernel names the inner loops that are used.
func (s *Simulator) Kernel() string { return s.opts.Kernel }

// CachedDecoders is how many sets of decoders were found in Options.DecoderCache.
func (s *Simulator) CachedDecoders() int { return s.cached }

// Steps is the number of steps done.
func (s *Simulator) Steps() int64 { return s.engine.Steps() }

// Time is the time that has been simulated, s.
func (s *Simulator) Time() float64 { return float64(s.engine.Steps()) * s.opts.Dt }

// StepsOf is the number of steps in a time, rounded; an error when it is not a
// positive time of at least one step.
func (s *Simulator) StepsOf(seconds float64) (int64, error) {
	steps := math.Round(seconds / s.opts.Dt)
	if !(steps >= 1) || steps > 1<<53 {
		return 0, soma.Errors{{Field: "time", Problem: fmt.Sprintf("a time of %g s in steps of %g s", seconds, s.opts.Dt), Remedy: "give a time of at least one step"}}
	}
	return int64(steps), nil
}

// Run advances by a time, rounded to whole steps. When ctx ends it stops after a
// whole step and returns the context's error; what was recorded until then
// stays. A mistake in a function of the model is returned as soma.Errors.
func (s *Simulator) Run(ctx context.Context, seconds float64) error {
	steps, err := s.StepsOf(seconds)
	if err != nil {
		return err
	}
	return s.RunSteps(ctx, steps)
}

// RunSteps advances by n steps, like Run.
func (s *Simulator) RunSteps(ctx context.Context, n int64) error {
	return asErrors(s.net, s.engine.Run(ctx, n))
}

// Step advances by one step.
func (s *Simulator) Step() error { return s.RunSteps(context.Background(), 1) }

// Reset goes back to before the first step and forgets what was recorded.
func (s *Simulator) Reset() error { return asErrors(s.net, s.engine.Reset()) }

// asErrors gives a fault of a run the place of its object in the model.
func asErrors(net *soma.Network, err error) error {
	var fault *engine.Fault
	if !errors.As(err, &fault) {
		return err
	}
	when := ""
	if fault.Time > 0 {
		when = fmt.Sprintf("at t = %.6g s: ", fault.Time)
	}
	out := &soma.Error{
		Object: fault.Object, Field: fault.Field,
		Problem: when + fault.Err.Error(), Remedy: remedies[fault.Field],
	}
	var inner *soma.Error
	if errors.As(fault.Err, &inner) {
		out.Pos, out.Problem = inner.Pos, when+inner.Problem
		if inner.Remedy != "" {
			out.Remedy = inner.Remedy
		}
	}
	if out.Pos.File == "" {
		out.Pos = net.PositionOf(fault.Object, fault.Field)
	}
	return soma.Errors{out}
}

// remedies say what to do about a fault, by the field that is at fault.
var remedies = map[string]string{
	"function": "mend the function",
	"memory":   "make it smaller, or give all synapses of a connection one weight (2 bytes each instead of 6)",
	"synapses": "mend the connection",
	"input":    "look for a loop whose gain is above 1, or an input that is too large",
	"neuron":   "mend the model",
	"learning": "mend the rule",

	"learning_rate": "lower it, or look at the sign and size of the error that is connected to the rule",
	"output":        "mend the signal",

	"recording": "make room in the folder for temporary files, or record less",
}
