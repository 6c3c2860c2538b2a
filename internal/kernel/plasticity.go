package kernel

// Depress takes rate·w·k from each weight w of dst, but leaves at least 0.
//
//	for i, w := range dst { dst[i] = max(w − (rate·w)·k[i], 0) }
//
// A weight that is not a number becomes 0.
func Depress(level Level, dst, k []float64, rate float64) {
	done := 0
	if l := level.usable(); l > Portable {
		done = depressVector(l, dst, k, rate)
	}
	for i := done; i < len(dst); i++ {
		w := dst[i] - float64(float64(rate*dst[i])*k[i])
		if !(w > 0) {
			w = 0
		}
		dst[i] = w
	}
}
