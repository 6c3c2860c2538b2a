package kernel

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestProductsEqualTheirLoop(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 9))
	for _, size := range [][3]int{{1, 1, 1}, {5, 3, 2}, {64, 32, 4}, {71, 70, 17}} {
		m, n, columns := size[0], size[1], size[2]
		a, b := normal(random, m, columns), normal(random, n, columns)
		order := random.Perm(n)
		points, encoders := NewStrips(a, columns, every(m)), NewStrips(b, columns, order)
		for _, level := range Levels() {
			for first := 0; first < m; first += 8 {
				for strip, some := range slices.Collect(slices.Chunk(order, stripColumns)) {
					x := normal(random, min(m-first, 8), stripColumns)
					points.Products(level, x, first, encoders, strip)
					for k := range len(x) / stripColumns {
						for j, row := range some {
							want := 0.0
							for p := range columns {
								want += float64(a[(first+k)*columns+p] * b[row*columns+p])
							}
							if got := x[k*stripColumns+j]; got != want {
								t.Fatalf("%s, point %d, row %d: %v, want %v", fmt.Sprint(level, size), first+k, row, got, want)
							}
						}
					}
				}
			}
		}
	}
}
