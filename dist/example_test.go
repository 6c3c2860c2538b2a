package dist_test

import (
	"fmt"
	"math"

	"soma/dist"
)

// Points spread over the surface of the unit ball, and given points.
func ExampleDistribution() {
	points, _ := dist.ScatteredHypersphere{Surface: true}.Draw(dist.Stream{}, 100, 3)
	longest := 0.0
	for i := 0; i < len(points); i += 3 {
		longest = max(longest, math.Hypot(math.Hypot(points[i], points[i+1]), points[i+2]))
	}
	fmt.Printf("%.6f\n", longest)

	_, err := dist.Values(1, -1).Draw(dist.Stream{}, 3, 1)
	fmt.Println(err)
	// Output:
	// 1.000000
	// 2 × 1 values given, 3 × 1 needed
}
