// Package neuron holds the neuron models: their parameters with unit, default
// and source, their closed-form rates, and the step.
//
// A [Model] is a plain struct: the zero value of each field means the default
// that its tag states, so neuron.LIF{} is the standard LIF and
// neuron.LIF{TauRef: 1e-3} changes one thing. Where the default is not 0 and the
// value 0 is wanted, write [Zero].
//
// Two families share the package. The models of the Neural Engineering
// Framework (LIF, RectifiedLinear, …) are normalised: voltage and current have
// no unit, the threshold is at 1. The physical ones (IF, LeakyIF) take amperes
// and give volts.
//
// A model that has a steady rate for a constant current implements [Rater], and
// then ensembles can be made of it; a [Measured] one finds its rates by stepping.
// One that has a formula for the gain and bias of a wanted tuning curve
// implements [Tuner]; for others a [Curve] finds them from the rates.
//
// Generators are models without an input. What they give to a target they are
// connected to by a rule may be the target's own: a [TrainGenerator] sends each
// an independent train, a [NoiseGenerator] an independent current.
//
// A program can bring its own model: implement [Model] and [Stepper], as the
// package example shows.
package neuron

import (
	"soma/dist"
	"soma/internal/kernel"
	"soma/internal/param"
	"soma/internal/rng"
)

// Zero is the value 0 for a parameter whose zero value means its default.
const Zero = param.Zero

// A Model describes one kind of neuron. Models are values: equal models of
// comparable type may be stepped together.
type Model interface {
	// Spec describes the model's state and output.
	Spec() Spec
	// NewStepper prepares the step. Each goroutine uses a stepper of its own, so a
	// stepper may own scratch space, but no state of neurons: that is in the Block.
	NewStepper(env Env) (Stepper, error)
}

// Spec is what the rest of a simulator needs to know of a model.
type Spec struct {
	Name   string  // as in model files
	States []State // the state variables, in the order of Block.State

	// Spiking models fire through Block.Fire; the others write Block.Output.
	Spiking bool
	// Amplitude is the area of one spike, or the factor on a rate, as seen by
	// connections and decoders (a spike is Amplitude/dt for one step).
	Amplitude float64
	// Signed models have an output that may be negative. They do not spike: there
	// are no negative spikes.
	Signed bool
	// Random models draw random numbers: Block.First and Env.Stream then belong to
	// one population. Others may be stepped together with equal models.
	Random bool
	// InputUnit is the unit of the input current; "" for normalised models.
	InputUnit string
	// OutputUnit of models that do not spike; "A" is that of current generators,
	// which a connection by a rule adds to the input of its targets.
	OutputUnit string
	// Receptors are where spikes arrive over synapses; none for models that take
	// only a current.
	Receptors []Receptor
}

// Receptor describes one way in which spikes act on a neuron.
type Receptor struct {
	Name string // "ex"
	Unit string // of a weight: "A", "S" or "V"
}

// State describes a state variable.
type State struct {
	Name string            // "voltage"
	Unit string            // SI unit, "" when dimensionless
	Init dist.Distribution // initial value of each neuron
}

// Env is what a stepper is prepared for.
type Env struct {
	Dt     float64      // length of a step, s
	Level  kernel.Level // which kernels to use; all give the same bits
	Stream rng.Stream   // random numbers of the population
}

// A Stepper advances neurons.
type Stepper interface {
	// Step advances the neurons of the block by one step: it reads Input, which
	// is constant over the step, and State, and leaves the new State and either
	// spikes or Output.
	Step(b *Block)
}

// A Faulty stepper can find its neurons at fault, for instance when a variable is
// no longer a number.
type Faulty interface {
	Stepper
	// Fault gives the first neuron at fault in the last step, counted in the
	// population, and what is wrong; nil when all is well.
	Fault() (neuron int, err error)
}

// An Owner is a stepper that is faster when nobody else looks at the state.
type Owner interface {
	Stepper
	// Own says that the next step is the first one, that from then on nobody else
	// reads or changes State, and that each step brings the same neurons in the same
	// blocks. Own is called anew before a simulation starts again.
	Own()
}

// A Block is a run of neurons of one population during one step.
type Block struct {
	Step   int64       // number of this step, from 1
	First  int         // number of the first neuron in its population
	Input  []float64   // current of each neuron
	State  [][]float64 // one row per state variable
	Output []float64   // of models that do not spike: rate × amplitude
	// Arrived has one row per receptor: the sum of the weights of the spikes that
	// arrive at the end of this step.
	Arrived [][]float64

	Spikes []int32   // neurons that fired, counted within the block; rising
	At     []float64 // when, in seconds from the start of the step
}

// Fire reports that neuron i of the block fires at the time at, in seconds from
// the start of the step. Neurons fire in rising order of i; one that fires twice
// in a step is reported twice.
func (b *Block) Fire(i int, at float64) {
	b.Spikes = append(b.Spikes, int32(i))
	b.At = append(b.At, at)
}

// A Rater has a steady firing rate for a constant input current.
type Rater interface {
	// Rates writes the rate in Hz, times the amplitude, for each current.
	Rates(rates, currents []float64)
}

// An Adapter is a Rater whose rates fall while the current lasts. Rates are those
// at its beginning.
type Adapter interface {
	Rater
	// AdaptedRates writes the rates that remain, and gives the time (s) until they
	// are reached.
	AdaptedRates(rates, currents []float64) (settle float64)
}

// A Tuner solves for the gain and bias that give a neuron the rate maxRate at
// the represented value 1, and its threshold at the value intercept, where the
// input current is gain·x + bias.
type Tuner interface {
	GainBias(maxRate, intercept float64) (gain, bias float64, problem *param.Problem)
}

// An Explainer knows why it has no state variable that its kind can have.
type Explainer interface {
	// Missing gives the reason, "" if it knows none.
	Missing(variable string) string
}

// A DtChecker knows for which steps its model makes sense.
type DtChecker interface {
	CheckDt(dt float64) []param.Problem
}

// A Checker has constraints between its parameters, beyond the range of each.
// Check is called on a resolved model.
type Checker interface {
	Check() []param.Problem
}

// Check reports what is wrong with a model's parameters.
func Check(m Model) []param.Problem {
	m = param.Resolve(m)
	problems := param.Check(m)
	if c, ok := m.(Checker); ok && len(problems) == 0 {
		problems = c.Check()
	}
	return problems
}
