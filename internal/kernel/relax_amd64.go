package kernel

func relaxVector(l Level, y []float64, a float64, g, d []float64) int {
	return blocks(len(y), l.lanes(), func(from, to int) {
		if l == AVX512 {
			relaxAVX512(y[from:to], a, g[from:to], d[from:to])
		} else {
			relaxAVX2(y[from:to], a, g[from:to], d[from:to])
		}
	})
}
