package sparse

import (
	"fmt"
	"runtime"
	"slices"
	"sync"
)

// A Network is neurons with their state and synapses, and a clock.
type Network struct {
	populations []Population
	bundles     []*bundle
	partitions  []*partition
	recording   []bool // by population
	dt          float64
	step        int // steps taken
	lag         int // steps after which spikes are received
}

// A Spike was emitted in the step that ended at (Step+1)·dt.
type Spike struct {
	Step, Population, Neuron int
}

// New draws and stores the synapses of a network and sets its neurons to their
// initial state.
func New(spec Spec) (*Network, error) {
	spec.Projections = slices.Clone(spec.Projections)
	if err := spec.check(); err != nil {
		return nil, err
	}
	if spec.Threads <= 0 {
		spec.Threads = runtime.GOMAXPROCS(0)
	}
	if spec.Partitions <= 0 {
		spec.Partitions = defaultPartitions(spec.Populations, spec.Threads)
	}
	places, err := newLayout(spec.Populations, spec.Partitions)
	if err != nil {
		return nil, err
	}
	projections, err := newProjections(&spec)
	if err != nil {
		return nil, err
	}
	bundles := newBundles(&spec, projections)
	n := &Network{
		populations: spec.Populations,
		bundles:     bundles,
		lag:         lag(bundles),
		partitions:  make([]*partition, spec.Partitions),
		recording:   make([]bool, len(spec.Populations)),
		dt:          spec.Dt,
	}
	return n, parallel(spec.Threads, spec.Partitions, func(i int) error {
		p, err := newPartition(&spec, n.bundles, places.shares[i], places.size[i])
		n.partitions[i] = p
		return err
	})
}

func newProjections(spec *Spec) ([]projection, error) {
	ready := make([]projection, len(spec.Projections))
	return ready, parallel(spec.Threads, len(ready), func(i int) error {
		p, err := newProjection(spec.Projections[i], spec.Dt)
		if err != nil {
			return fmt.Errorf("projection %d: %w", i, err)
		}
		if p.Target.N > 0 {
			p.plan.Sources(0, nil) // what the plan prepares once, it prepares now
		}
		ready[i] = p
		return nil
	})
}

// parallel calls f for 0 … n-1 on some goroutines and returns the error of the
// least of them.
func parallel(threads, n int, f func(i int) error) error {
	errs := make([]error, n)
	next := make(chan int, n)
	for i := range n {
		next <- i
	}
	close(next)
	var wait sync.WaitGroup
	for range min(threads, n) {
		wait.Go(func() {
			for i := range next {
				errs[i] = f(i)
			}
		})
	}
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func newPartition(spec *Spec, bundles []*bundle, shares []share, size int) (*partition, error) {
	p := &partition{
		cells: make([]cells, len(shares)), kernels: make([]stepKernel, len(shares)),
		waiting: make([]bool, len(shares)), bySource: make([][]int, len(shares)), learning: make([][]*store, len(shares)), gated: make([][]*store, len(shares)), shares: shares, spikes: make([]uint64, len(shares)),
	}
	rows := newRows(spec.Populations, size)
	for i, s := range shares {
		population := spec.Populations[i]
		p.cells[i] = newCells(population, s, rows)
		p.kernels[i] = population.kernel(spec.Dt, s, spec.Level)
		p.waiting[i] = population.Model.waits()
	}
	var d drawer
	for i, b := range bundles {
		s, err := newStore(b, spec.Populations[b.source].N, shares, &d, spec.Dt, spec.Level)
		if err != nil {
			return nil, err
		}
		s.row = rows[b.receptor]
		p.stores = append(p.stores, s)
		p.arrivals = append(p.arrivals, newArrivals(b.high))
		p.bySource[b.source] = append(p.bySource[b.source], i)
		if b.plastic.Rule != nil {
			target := b.projections[0].Target.Population
			p.learning[target] = append(p.learning[target], s)
			if m := b.plastic.Modulation; m != nil {
				p.gated[m.Source.Population] = append(p.gated[m.Source.Population], s)
			}
		}
	}
	return p, nil
}

// newRows makes a row for each receptor, which all populations of a partition
// share.
func newRows(populations []Population, size int) [][]float64 {
	n := 0
	for _, p := range populations {
		n = max(n, p.Model.receptors())
	}
	rows := make([][]float64, n)
	for i := range rows {
		rows[i] = make([]float64, size)
	}
	return rows
}

func newCells(population Population, s share, rows [][]float64) cells {
	c := cells{first: s.first, n: s.n, v: make([]float64, s.padded()), refractory: make([]uint16, s.padded())}
	for _, row := range rows[:population.Model.receptors()] {
		c.rows = append(c.rows, row[s.local:s.local+s.padded()])
	}
	switch m := population.Model.(type) {
	case IafPscExp:
		c.iEx = c.rows[0]
		if !m.OneCurrent {
			c.iIn = c.rows[1]
		}
	case IafPscAlpha:
		c.iEx, c.iIn = make([]float64, s.padded()), make([]float64, s.padded())
		c.dEx, c.dIn = c.rows[0], c.rows[1]
	}
	c.reset(population)
	return c
}

// reset sets the neurons to their initial state.
func (c *cells) reset(population Population) {
	for _, row := range slices.Concat(c.rows, [][]float64{c.v, c.iEx, c.iIn}) {
		clear(row)
	}
	clear(c.refractory)
	if population.V != nil {
		for i := range c.n {
			c.v[i] = population.V[c.first+i] - population.rest(c.first+i)
		}
	}
}
