package kernel

func addPowerVector(l Level, dst, k []float64, scale, mu float64) int {
	return blocks(len(dst), l.lanes(), func(from, to int) {
		if l == AVX512 {
			addPowerAVX512(dst[from:to], k[from:to], scale, mu)
		} else {
			addPowerAVX2(dst[from:to], k[from:to], scale, mu)
		}
	})
}

func depressVector(l Level, dst, k []float64, rate float64) int {
	return blocks(len(dst), l.lanes(), func(from, to int) {
		if l == AVX512 {
			depressAVX512(dst[from:to], k[from:to], rate)
		} else {
			depressAVX2(dst[from:to], k[from:to], rate)
		}
	})
}
