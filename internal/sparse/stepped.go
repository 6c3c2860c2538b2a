package sparse

import "sort"

// Stepped is a population whose neurons somebody else steps.
type Stepped struct {
	// Trains are Poisson trains that reach the neurons, besides Population.Poisson.
	Trains []Train
	// Receptors is the number of input rows, at least 1.
	Receptors int
	// Step advances neurons first … first+n−1 of the population by one step,
	// the step-th from 0. arrived has a row of n values per receptor: what
	// arrives at the end of the step. It appends the neurons that fire, counted
	// in the population and rising, to spikes. It is called for different neurons
	// at the same time, always for the same ones together.
	Step func(step int64, first, n int, arrived [][]float64, spikes []uint32) []uint32
}

// A Train is an independent Poisson train for each of the neurons First …
// First+N−1 of a population.
type Train struct {
	Poisson
	First, N, Receptor int
	// Pieces, if any, are the rate over time, in rising order; Poisson.Rate is
	// then of no account.
	Pieces []Piece
}

// A Piece is a rate in Hz that holds after a number of steps.
type Piece struct {
	After int64
	Rate  float64
}

func (m Stepped) check(float64) error { return nil }
func (m Stepped) receptors() int      { return max(m.Receptors, 1) }
func (m Stepped) rest() float64       { return 0 }
func (m Stepped) waits() bool         { return true }

func (m Stepped) kernel(dt float64, input poissonInput) stepKernel {
	k := &steppedKernel{Stepped: m, inputs: []trainInput{{poissonInput: input}}}
	for _, t := range m.Trains {
		in := trainInput{poissonInput: newPoissonInput(t.Poisson, dt), Train: t}
		for _, p := range t.Pieces {
			t.Rate = p.Rate
			in.pieces = append(in.pieces, newPoissonInput(t.Poisson, dt))
		}
		k.inputs = append(k.inputs, in)
	}
	return k
}

// steppedKernel adds what Poisson trains bring to what arrives, and lets the
// owner step.
type steppedKernel struct {
	Stepped
	inputs  []trainInput
	arrived [][]float64
}

type trainInput struct {
	poissonInput
	Train
	pieces []poissonInput
}

// during is what the train draws from in a step, counted from 0; nil: nothing.
func (t *trainInput) during(step uint64) *poissonInput {
	if t.Pieces == nil {
		return &t.poissonInput
	}
	i := sort.Search(len(t.Pieces), func(i int) bool { return t.Pieces[i].After > int64(step) }) - 1
	if i < 0 {
		return nil
	}
	return &t.pieces[i]
}

func (k *steppedKernel) step(c *cells, step uint64, spikes []uint32) []uint32 {
	k.arrived = k.arrived[:0]
	for _, row := range c.rows {
		k.arrived = append(k.arrived, row[:c.n])
	}
	for i := range k.inputs {
		in := &k.inputs[i]
		first, end := c.first, c.first+c.n
		if i > 0 {
			first, end = max(first, in.First), min(end, in.First+in.N)
		}
		if now := in.during(step); now != nil && first < end {
			now.add(k.arrived[in.Receptor][first-c.first:end-c.first], first, step)
		}
	}
	spikes = k.Step(int64(step), c.first, c.n, k.arrived, spikes)
	for _, row := range c.rows {
		clear(row)
	}
	return spikes
}

// add adds the weights of the Poisson spikes of one step to a row that begins
// with neuron first.
func (in *poissonInput) add(row []float64, first int, step uint64) {
	if in.summands == 0 {
		return
	}
	var counts [group]float64
	for i := range row {
		if i == 0 || (first+i)%group == 0 {
			in.counts(&counts, (first+i)/group*group, step)
		}
		row[i] += float64(in.weight * counts[(first+i)%group])
	}
}
