package connect_test

import (
	"fmt"
	"slices"

	"soma/connect"
	"soma/internal/rng"
)

// Neurons on a ring have synapses from those at a distance of at most 2, with a
// delay of 1 ms and more for the way at 4 m/s.
func ExampleSpatial() {
	ring, err := connect.Grid{Extent: []float64{10}, Periodic: true}.Place(10, rng.Stream{})
	if err != nil {
		fmt.Println(err)
		return
	}
	pair := connect.Pair{Sources: 10, Targets: 10, Overlap: true, SourcePlaces: ring, TargetPlaces: ring}
	plan, err := connect.Spatial{Kernel: connect.Box{Peak: 1, Radius: 2}, NoAutapses: true}.Plan(pair)
	if err != nil {
		fmt.Println(err)
		return
	}
	delay, err := connect.Locate(connect.ByDistance{Profile: connect.Linear{Base: 1e-3, Slope: 1.0 / 4}}, pair, plan)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, target := range []int{0, 5} {
		sources := plan.Sources(target, nil)
		slices.Sort(sources)
		delays := make([]float64, len(sources))
		delay.Fill(connect.Synapses{Target: target, Sources: sources}, delays)
		fmt.Printf("%d %v %.3f\n", target, sources, delays)
	}
	// Output:
	// 0 [1 2 8 9] [0.251 0.501 0.501 0.251]
	// 5 [3 4 6 7] [0.501 0.251 0.251 0.501]
}
