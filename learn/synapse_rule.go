package learn

// A SynapseRule changes the weights of single synapses at the spikes of the two
// neurons of each: its source ("pre") and its target ("post").
type SynapseRule interface {
	Rule
	// Start prepares the rule for a connection.
	Start(env Env) (Plasticity, error)
}

// Env is what a rule of single synapses is told of its connection.
type Env struct {
	Dt float64 // s
	// Unit is the unit in which NEST gives the weights of the connection, in SI:
	// 1 pA, 1 nS or 1 mV; negative where the weights are.
	Unit float64
}

// Plasticity is a rule at work. It holds constants only: one value serves all
// synapses of a connection, on any number of goroutines.
//
// A synapse meets the spikes of its source and of its target in the order of
// time. With dendritic delays, as in NEST, a spike of the source is at the
// synapse when it is sent, one of the target a delay after it was; with axonal
// delays the first come a delay late and the second at once. Of spikes that
// meet at the same time,
//
//   - with dendritic delays that of the target comes first, and does not count
//     in the traces that the source's spike sees;
//   - with axonal delays that of the source comes first.
type Plasticity interface {
	Traces() Traces
	// OnPost is what a spike of the target does to a synapse.
	OnPost(e *Event)
	// OnPre is what a spike of the source does, before it is sent with the weight
	// that is then there.
	OnPre(e *Event)
}

// Traces are what a rule needs to know of the spikes of the two neurons.
type Traces struct {
	Pre, Post []Trace // at most MaxTraces each
	// Own is how many variables of its own a synapse has besides its weight.
	// They start at 0.
	Own    int
	Axonal bool
	Fresh  bool // the rule looks at Event.Fresh
	// Sends says that a spike sends what OnPre leaves in Event.Sent, and not the
	// weight.
	Sends bool
}

// MaxTraces is how many traces of each neuron a rule can have.
const MaxTraces = 4

// A Trace decays exponentially and grows by 1 at every spike, or is set to 1 if
// only the nearest spike counts. It is 0 before the first spike and 40 time
// constants after the last.
type Trace struct {
	Tau     float64 // s
	Nearest bool
}

// An Event is one synapse at the spike of one of its neurons.
type Event struct {
	Weight float64
	Own    []float64
	// Pre and Post are the traces, without the spike itself.
	Pre, Post [MaxTraces]float64
	// Modulator is the trace of the spikes that gate the rule, just after the last
	// event.
	Modulator float64
	// Voltage is the momentary value that a Sensing rule made of the target's
	// voltage.
	Voltage float64
	// Sent is what a spike of the source sends; see Traces.Sends.
	Sent float64
	// Fresh says that the target has not fired since the last spike of the source
	// met the synapse.
	Fresh bool

	part *Event // for the rules of a combined one
}

// Flowing is a rule by which a synapse changes by itself between its events, from
// the start of the simulation on.
type Flowing interface {
	Plasticity
	// Pass lets some steps pass after an event, at least one. Modulator and Post are
	// the traces just after the event.
	Pass(e *Event, steps int64)
}

// Modulated is a rule that the spikes of a third population gate.
type Modulated interface {
	Flowing
	// Modulator is the trace of the population's spikes.
	Modulator() Trace
}

// A SourceRule changes what the synapses of a source send, depending on when the
// source fired: short-term plasticity. It leaves their weights alone.
type SourceRule interface {
	Rule
	StartSource(env Env) (Release, error)
}

// Release is a SourceRule at work; it holds constants only.
type Release interface {
	// Rest is the state of a source that has not fired.
	Rest() [2]float64
	// Spike updates the state at a spike some steps after the last one, negative
	// for the first, and gives the factor on the weights that are sent.
	Spike(state *[2]float64, steps int64) float64
}
