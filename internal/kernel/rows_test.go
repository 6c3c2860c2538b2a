package kernel

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

func TestAddRowsEqualsItsLoop(t *testing.T) {
	forLevels(t, func(t *testing.T, level Level) {
		random := rand.New(rand.NewPCG(21, 21))
		for _, width := range []int{1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16, 31, 32, 37, 64, 77, 5000} {
			for _, n := range []int{0, 1, 2, 9, 130} {
				const rows, first = 20, 1000
				w, y, x := numbers(random, rows*width), numbers(random, width), random.NormFloat64()
				list := make([]int32, n)
				for i := range list {
					list[i] = first + random.Int32N(rows)
				}
				want := clone(y)
				for _, i := range list {
					for k := range want {
						want[k] += float64(x * w[(int(i)-first)*width+k])
					}
				}
				AddRows(level, y, x, w, list, first)
				compare(t, fmt.Sprintf("%d rows of %d", n, width), y, want)
			}
		}
	})
}
