package kernel

import "soma/internal/elementary"

// AddPower adds scale·w^mu·k to each weight w of dst, mu ≥ 0: potentiation by a
// power of the weight. w^mu is 0 where w is not above 0 and mu is not 0.
//
//	for i, w := range dst { dst[i] = w + (scale·Power(w, mu))·k[i] }
func AddPower(level Level, dst, k []float64, scale, mu float64) {
	done := 0
	if l := level.usable(); l > Portable && mu != 0 && mu != 1 {
		done = addPowerVector(l, dst, k, scale, mu)
	}
	for i := done; i < len(dst); i++ {
		dst[i] += float64(float64(scale*Power(dst[i], mu)) * k[i])
	}
}

// Power is x^mu by way of the logarithm: precise to mu·log x units in the last
// place, and as fast in a vector as alone. It is 1 where mu is 0, and 0 where x is
// not above 0.
func Power(x, mu float64) float64 {
	switch {
	case mu == 0:
		return 1
	case !(x > 0):
		return 0
	case mu == 1:
		return x
	}
	return elementary.Exp(float64(mu * elementary.Log(x)))
}

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
