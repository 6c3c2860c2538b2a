package sparse

// stepArgs are the arguments of the assembly that advances neurons; the
// generator knows the offsets of the fields.
type stepArgs struct {
	v, iEx, iIn  *float64
	rowEx, rowIn *float64
	refractory   *uint16
	n            uint64 // neurons, a multiple of group
	spikes       *uint32
	counts       *int32 // of Poisson spikes, one group more than neurons
	first        uint64 // neuron, in the population
	block        uint64 // first Philox block
	step         uint64
	summands     uint64
	constants
	weight       float64
	dEx, dIn     *float64
	place        uint64  // of the group, in bytes: for the assembly
	refractoryOf *uint16 // of each neuron, where constants are its own
	own          [numbers]*float64
	ownMask      [numbers]uint64 // 0 where all groups have the same column
	keys         roundKeys
	table        aliasTable
}

func newStepArgs(l *loop) *stepArgs {
	return &stepArgs{
		constants: l.constants, weight: l.weight, summands: uint64(l.summands), keys: l.keys, table: l.table,
	}
}

// longestCall is how many neurons one call of the assembly advances. They and
// their Poisson counts stay in the first cache, and a goroutine in assembly
// cannot be stopped.
const longestCall = 1024

// A vectorKernel advances neurons with assembly.
type vectorKernel struct {
	args     *stepArgs
	routine  func(args **float64) int
	poisson  func(args **float64)
	counts   [longestCall + group]int32 // zero without Poisson input
	currents int
	columns  *columns // nil: all neurons have the same constants
}

func (k *vectorKernel) step(c *cells, step uint64, spikes []uint32) []uint32 {
	before := len(spikes)
	for i := 0; i < len(c.v); i += longestCall {
		a := k.args
		a.v, a.rowEx, a.refractory = &c.v[i], &c.rowEx[i], &c.refractory[i]
		if k.currents > 0 {
			a.iEx = &c.iEx[i]
		}
		if k.currents > 1 {
			a.iIn, a.rowIn = &c.iIn[i], &c.rowIn[i]
		}
		if c.dEx != nil {
			a.dEx, a.dIn = &c.dEx[i], &c.dIn[i]
		}
		if k.columns != nil {
			k.columns.at(a, i)
		}
		a.n = uint64(min(longestCall, len(c.v)-i))
		a.spikes = &spikes[:len(spikes)+1][len(spikes)]
		a.first, a.block, a.step = uint64(c.first+i), uint64(c.first+i)/8, step
		a.counts = &k.counts[0]
		if a.summands > 0 {
			k.poisson(&a.v)
		}
		spikes = spikes[:len(spikes)+k.routine(&a.v)]
	}
	return c.trim(spikes, before)
}
