package main

import (
	"context"
	"time"

	"soma/script"
	"soma/sim"
)

// plasticityRows measure synapses that learn.
func plasticityRows() []row {
	const work = "HPC benchmark, 11 250 neurons, 1.27e8 synapses, 8.1e7 of which learn"
	return []row{
		{"hpc-1", work + ", one thread, per simulated second", "s", hpc(1), "hpc_nest.py 1"},
		{"hpc-2", "the same on two threads", "s", hpc(2), "hpc_nest.py 2"},
	}
}

// hpc is the seconds that one simulated second of the example takes, after the
// first 50 ms.
func hpc(threads int) func() (float64, error) {
	return func() (float64, error) {
		model, err := script.Load("examples/hpc_benchmark.star", script.Options{})
		if err != nil {
			return 0, err
		}
		s, err := sim.New(model.Network, sim.Options{Dt: 0.1 * ms, Threads: threads})
		if err != nil {
			return 0, err
		}
		if err := s.Run(context.Background(), 0.05); err != nil {
			return 0, err
		}
		const seconds = 0.1
		start := time.Now()
		err = s.Run(context.Background(), seconds)
		return time.Since(start).Seconds() / seconds, err
	}
}
