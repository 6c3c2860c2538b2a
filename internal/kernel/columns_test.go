package kernel

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

func TestColumnsEqualTheirLoop(t *testing.T) {
	forLevels(t, func(t *testing.T, level Level) {
		random := rand.New(rand.NewPCG(14, 14))
		for _, size := range [][2]int{{0, 3}, {1, 1}, {20, 1}, {37, 2}, {100, 1}, {31, 8}, {32, 8}, {65, 5}, {133, 40}, {3400, 5}} {
			rows, cols := size[0], size[1]
			data, x, base := normal(random, rows, cols), normal(random, cols, 1), normal(random, rows, 1)
			want := clone(base)
			for i := range rows {
				for j := range cols {
					want[i] += float64(data[i*cols+j] * x[j])
				}
			}
			c := NewColumns(rows, cols, data)
			for _, cut := range []int{0, 1, rows / 3, rows} {
				cut = min(cut, rows)
				got := make([]float64, rows)
				c.Set(level, got[:cut], base[:cut], x, 0)
				c.Set(level, got[cut:], base[cut:], x, cut)
				compare(t, fmt.Sprintf("%d × %d cut at %d", rows, cols, cut), got, want)
			}
		}
	})
}
