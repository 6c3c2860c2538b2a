package kernel

func (p *Power) addVector(l Level, dst, k []float64, scale float64) int {
	return blocks(len(dst), l.lanes(), func(from, to int) {
		if l == AVX512 {
			addPowerAVX512(dst[from:to], k[from:to], scale, &p.tables.inverse[0])
		} else {
			addPowerAVX2(dst[from:to], k[from:to], scale, &p.tables.inverse[0])
		}
	})
}

func (p *Power) raiseVector(l Level, dst []float64) int {
	return blocks(len(dst), l.lanes(), func(from, to int) {
		if l == AVX512 {
			raiseAVX512(dst[from:to], &p.tables.inverse[0])
		} else {
			raiseAVX2(dst[from:to], &p.tables.inverse[0])
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
