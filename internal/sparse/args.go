package sparse

// stepArgs are the arguments of the assembly that advances neurons; the
// generator knows the offsets of the fields.
type stepArgs struct {
	v, iEx, iIn, dEx, dIn *float64
	arrived               *float64 // where neurons wait for it
	refractory            *uint16
	n                     uint64 // neurons, a multiple of group
	spikes                *uint32
	counts                *uint16 // of Poisson spikes, one group more than neurons
	first                 uint64  // neuron, in the population
	block                 uint64  // first block of eight neurons
	step                  uint64
	summands              uint64
	constants
	weight       float64
	place        uint64  // of the group, in bytes: for the assembly
	refractoryOf *uint16 // of each neuron, where constants are its own
	own          [numbers]*float64
	ownMask      [numbers]uint64             // 0 where all groups have the same column
	keys         [2 * (aesRounds + 1)]uint64 // of the rounds of the cipher
	table        aliasTable
	upper, lower [32]uint16 // the halves of the table
}

const aesRounds = 10

func newStepArgs(l *loop) *stepArgs {
	a := &stepArgs{constants: l.constants, weight: l.weight, summands: uint64(l.summands), table: l.table}
	a.upper, a.lower = l.table.halves()
	return a
}

// longestCall is how many neurons one call of the assembly advances. They and
// their Poisson counts stay in the first cache, and a goroutine in assembly
// cannot be stopped.
const longestCall = 1024

// A vectorKernel advances neurons with assembly.
type vectorKernel struct {
	args    *stepArgs
	routine func(args **float64) int
	poisson func(args **float64) // nil: no Poisson input
	waits   bool
	counts  [longestCall + group]uint16
	columns *columns // nil: all neurons have the same constants
}

func (k *vectorKernel) step(c *cells, step uint64, spikes []uint32) []uint32 {
	before, a := len(spikes), k.args
	a.step, a.counts = step, &k.counts[0]
	for i := 0; i < len(c.v); i += longestCall {
		a.v, a.refractory = &c.v[i], &c.refractory[i]
		for _, row := range [...]struct {
			to   **float64
			from []float64
		}{{&a.iEx, c.iEx}, {&a.iIn, c.iIn}, {&a.dEx, c.dEx}, {&a.dIn, c.dIn}} {
			if row.from != nil {
				*row.to = &row.from[i]
			}
		}
		if k.waits {
			a.arrived = &c.rows[0][i]
		}
		if k.columns != nil {
			k.columns.at(a, i)
		}
		a.n = uint64(min(longestCall, len(c.v)-i))
		a.spikes = &spikes[:len(spikes)+1][len(spikes)]
		a.first, a.block = uint64(c.first+i), uint64(c.first+i)/8
		if k.poisson != nil {
			k.poisson(&a.v)
		}
		spikes = spikes[:len(spikes)+k.routine(&a.v)]
	}
	return c.trim(spikes, before)
}
