package connect_test

import (
	"fmt"

	"soma/connect"
)

// ring connects every neuron to its two neighbours on a ring.
type ring struct{}

func (ring) Plan(p connect.Pair) (connect.Plan, error) {
	if p.Sources != p.Targets {
		return connect.Plan{}, fmt.Errorf("a ring of %d sources and %d targets; connect a population to itself", p.Sources, p.Targets)
	}
	n := int32(p.Targets)
	return connect.Plan{
		Expected: 2 * float64(n),
		Sources: func(target int, sources []int32) []int32 {
			return append(sources, (int32(target)+n-1)%n, (int32(target)+1)%n)
		},
	}, nil
}

// A rule of one's own says which sources each target has.
func ExampleRule() {
	plan, err := ring{}.Plan(connect.Pair{Sources: 5, Targets: 5, Overlap: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	for target := range 5 {
		fmt.Println(target, plan.Sources(target, nil))
	}
	// Output:
	// 0 [4 1]
	// 1 [0 2]
	// 2 [1 3]
	// 3 [2 4]
	// 4 [3 0]
}
