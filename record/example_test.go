package record_test

import (
	"fmt"
	"os"
	"path/filepath"

	"soma/record"
)

func Example() {
	parent, err := os.MkdirTemp("", "example")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(parent)
	dir := filepath.Join(parent, "cell.out")

	err = record.Write(dir, &record.Result{
		Run: record.Run{Model: "cell.star", Seed: 1, Dt: 0.001, Time: 0.5, Steps: 500},
		Spikes: []record.Spikes{{
			Name: "spikes", Neurons: 2,
			Times: []float64{0.011, 0.011, 0.3}, IDs: []int64{0, 1, 0}, Steps: []int64{11, 11, 300},
		}},
	}, record.NPZ)
	if err != nil {
		panic(err)
	}

	result, err := record.Read(dir)
	if err != nil {
		panic(err)
	}
	spikes := result.Run.Spikes["spikes"]
	fmt.Printf("%d spikes of %d neurons, %g Hz\n", spikes.Count, spikes.Neurons, spikes.RateHz)
	fmt.Println(result.Spikes[0].Times, result.Run.Files)
	// Output:
	// 3 spikes of 2 neurons, 3 Hz
	// [0.011 0.011 0.3] [data.npz run.json]
}
