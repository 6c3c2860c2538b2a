package synapse_test

import (
	"fmt"

	"soma/synapse"
)

// A lowpass with a time constant of 10 steps answers a step of height 1 with
// 1 − e^(−t/τ).
func ExampleLowpass() {
	system, _ := synapse.Lowpass{Tau: 0.01}.Discrete(0.001)
	a, b := system.A[0][0], system.B[0]
	y := 0.0
	for i := range 3 {
		y = a*y + b*1
		fmt.Printf("after %d ms: %.4f\n", i+1, y)
	}
	// Output:
	// after 1 ms: 0.0952
	// after 2 ms: 0.1813
	// after 3 ms: 0.2592
}
