package stats_test

import (
	"fmt"

	"soma/stats"
)

func Example() {
	s := stats.Spikes{
		Times:   []float64{0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.5},
		IDs:     []int64{0, 1, 0, 1, 0, 1, 1},
		Neurons: 2, Duration: 1,
	}
	if err := s.Check(); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%.1f Hz: %v\n", s.MeanRate(), s.Rates())
	fmt.Printf("CV %.2f, LV %.2f\n", s.CVs(), s.LVs())
	// Output:
	// 3.5 Hz: [3 4]
	// CV [0.00 0.20], LV [0.00 0.06]
}
