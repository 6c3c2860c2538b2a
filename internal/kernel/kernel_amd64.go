package kernel

// The functions below choose the routine of a level above Portable. Routines
// take whole vectors: those for slices of any length do as much as they can, in
// blocks, and return how many leading elements they have done.

func expm1Vector(l Level, dst, src []float64) int {
	return blocks(len(dst), l.lanes(), func(from, to int) {
		if l == AVX512 {
			expm1AVX512(dst[from:to], src[from:to])
		} else {
			expm1AVX2(dst[from:to], src[from:to])
		}
	})
}

func log1pVector(l Level, dst, src []float64) int {
	return blocks(len(dst), l.lanes(), func(from, to int) {
		if l == AVX512 {
			log1pAVX512(dst[from:to], src[from:to])
		} else {
			log1pAVX2(dst[from:to], src[from:to])
		}
	})
}

func lifRatesVector(l Level, rates, currents []float64, amplitude, tauRC, tauRef float64) int {
	return blocks(len(rates), l.lanes(), func(from, to int) {
		if l == AVX512 {
			lifRatesAVX512(rates[from:to], currents[from:to], amplitude, tauRC, tauRef)
		} else {
			lifRatesAVX2(rates[from:to], currents[from:to], amplitude, tauRC, tauRef)
		}
	})
}

func axpyVector(l Level, y []float64, a float64, x []float64) int {
	return blocks(len(y), l.lanes(), func(from, to int) {
		if l == AVX512 {
			axpyAVX512(y[from:to], a, x[from:to])
		} else {
			axpyAVX2(y[from:to], a, x[from:to])
		}
	})
}

func dotVector(l Level, sums *[dotLanes]float64, x, y []float64) int {
	return blocks(len(x), dotLanes, func(from, to int) {
		if l == AVX512 {
			dotAVX512(sums, x[from:to], y[from:to])
		} else {
			dotAVX2(sums, x[from:to], y[from:to])
		}
	})
}

func lowpassVector(l Level, y, x []float64, a, b float64) int {
	return blocks(len(y), l.lanes(), func(from, to int) {
		if l == AVX512 {
			lowpassAVX512(y[from:to], x[from:to], a, b)
		} else {
			lowpassAVX2(y[from:to], x[from:to], a, b)
		}
	})
}

func columnsVector(l Level, y, base, x, w []float64, stride int) int {
	n := len(y) - len(y)%l.lanes()
	for from := 0; from < n; from += callLimit {
		to := min(from+callLimit, n)
		if l == AVX512 {
			columnsAVX512(y[from:to], base[from:to], x, w[from:], stride)
		} else {
			columnsAVX2(y[from:to], base[from:to], x, w[from:], stride)
		}
	}
	return n
}

func panelsVector(l Level, y, base, x, w []float64) {
	part := max(1, 4*callLimit/(columnsPanel*len(x))) * columnsPanel
	for from := 0; from < len(y); from += part {
		to := min(from+part, len(y))
		if l == AVX512 {
			panelsAVX512(y[from:to], base[from:to], x, w[from*len(x):])
		} else {
			panelsAVX2(y[from:to], base[from:to], x, w[from*len(x):])
		}
	}
}

// addRowsVector does whole vectors of eight columns, and then of four.
func addRowsVector(l Level, y []float64, x float64, w []float64, list []int32, first int) int {
	wide := 0
	if l == AVX512 {
		wide = len(y) &^ 7
	}
	done := len(y) &^ 3
	part := max(1, callLimit/max(len(y), 1))
	for from := 0; from < len(list); from += part {
		some := list[from:min(from+part, len(list))]
		if wide > 0 {
			addRowsAVX512(y[:wide], x, w, len(y), some, first)
		}
		if done > wide {
			addRowsAVX2(y[wide:done], x, w[wide:], len(y), some, first)
		}
	}
	return done
}

func affineVector(l Level, y, a, b []float64) int {
	return blocks(len(y), l.lanes(), func(from, to int) {
		if l == AVX512 {
			affineAVX512(y[from:to], a[from:to], b[from:to])
		} else {
			affineAVX2(y[from:to], a[from:to], b[from:to])
		}
	})
}

func extremesVector(l Level, low, high, x []float64) int {
	return blocks(len(x), l.lanes(), func(from, to int) {
		if l == AVX512 {
			extremesAVX512(low[from:to], high[from:to], x[from:to])
		} else {
			extremesAVX2(low[from:to], high[from:to], x[from:to])
		}
	})
}

func tileVector(l Level, c, a, b []float64) {
	if l == AVX512 {
		tileAVX512(c, a, b)
	} else {
		tileAVX2(c, a, b)
	}
}

func tileMinus(l Level, c, a, b []float64) {
	if l == AVX512 {
		tileMinusAVX512(c, a, b)
	} else {
		tileMinusAVX2(c, a, b)
	}
}

func tileSome(l Level, c []float64, rows uint64, a, b []float64) {
	if l == AVX512 {
		tileSomeAVX512(c, rows, a, b)
	} else {
		tileSomeAVX2(c, rows, a, b)
	}
}

func tileSolve(l Level, c, t []float64) {
	if l == AVX512 {
		tileSolveAVX512(c, t)
	} else {
		tileSolveAVX2(c, t)
	}
}

func surveyVector(l Level, low, high []float64, used []uint64, x []float64) {
	if l == AVX512 {
		surveyAVX512(low, high, used, x)
	} else {
		surveyAVX2(low, high, used, x)
	}
}

func lifAdvance(l Level, unit bool, v, r, j []float64, c *lifConstants, partial, firing []int32) (int, int) {
	switch {
	case unit && l == AVX512:
		return lifAdvanceUnitAVX512(v, r, j, (*[10][8]float64)(c), partial, firing)
	case unit:
		return lifAdvanceUnitAVX2(v, r, j, (*[10][8]float64)(c), partial, firing)
	case l == AVX512:
		return lifAdvanceAVX512(v, r, j, (*[10][8]float64)(c), partial, firing)
	}
	return lifAdvanceAVX2(v, r, j, (*[10][8]float64)(c), partial, firing)
}

func lifPartial(l Level, short bool, v, r, j []float64, c *lifConstants, partial, firing []int32) int {
	switch {
	case short && l == AVX512:
		return lifPartialShortAVX512(v, r, j, (*[10][8]float64)(c), partial, firing)
	case short:
		return lifPartialShortAVX2(v, r, j, (*[10][8]float64)(c), partial, firing)
	case l == AVX512:
		return lifPartialAVX512(v, r, j, (*[10][8]float64)(c), partial, firing)
	}
	return lifPartialAVX2(v, r, j, (*[10][8]float64)(c), partial, firing)
}

func lifFire(l Level, short bool, v, r, j []float64, c *lifConstants, firing []int32, base int32, spikes []int32, at []float64) {
	switch {
	case short && l == AVX512:
		lifFireShortAVX512(v, r, j, (*[10][8]float64)(c), firing, base, spikes, at)
	case short:
		lifFireShortAVX2(v, r, j, (*[10][8]float64)(c), firing, base, spikes, at)
	case l == AVX512:
		lifFireAVX512(v, r, j, (*[10][8]float64)(c), firing, base, spikes, at)
	default:
		lifFireAVX2(v, r, j, (*[10][8]float64)(c), firing, base, spikes, at)
	}
}

func lifIntegrate(l Level, unit bool, v, j []float64, c *lifConstants, firing []int32) int {
	switch {
	case unit && l == AVX512:
		return lifIntegrateUnitAVX512(v, j, (*[10][8]float64)(c), firing)
	case unit:
		return lifIntegrateUnitAVX2(v, j, (*[10][8]float64)(c), firing)
	case l == AVX512:
		return lifIntegrateAVX512(v, j, (*[10][8]float64)(c), firing)
	}
	return lifIntegrateAVX2(v, j, (*[10][8]float64)(c), firing)
}

func lifWake(l Level, short bool, v, j []float64, c *lifConstants, from *sleepers, steps int, firing, more []int32, moreLeft []float64) (int, int) {
	switch {
	case short && l == AVX512:
		return lifWakeShortAVX512(v, j, (*[10][8]float64)(c), from.index, from.left, steps, firing, more, moreLeft)
	case short:
		return lifWakeShortAVX2(v, j, (*[10][8]float64)(c), from.index, from.left, steps, firing, more, moreLeft)
	case l == AVX512:
		return lifWakeAVX512(v, j, (*[10][8]float64)(c), from.index, from.left, steps, firing, more, moreLeft)
	}
	return lifWakeAVX2(v, j, (*[10][8]float64)(c), from.index, from.left, steps, firing, more, moreLeft)
}

func lifSleep(l Level, short bool, v, j []float64, c *lifConstants, firing []int32, base int32, spikes []int32, at []float64, to *sleepers) {
	switch {
	case short && l == AVX512:
		lifSleepShortAVX512(v, j, (*[10][8]float64)(c), firing, base, spikes, at, to.index, to.left)
	case short:
		lifSleepShortAVX2(v, j, (*[10][8]float64)(c), firing, base, spikes, at, to.index, to.left)
	case l == AVX512:
		lifSleepAVX512(v, j, (*[10][8]float64)(c), firing, base, spikes, at, to.index, to.left)
	default:
		lifSleepAVX2(v, j, (*[10][8]float64)(c), firing, base, spikes, at, to.index, to.left)
	}
}

// conductancesVector leaves the indices of the odd neurons in k.picked and
// returns their number.
func conductancesVector(k *Conductances, r ConductanceRows, current, toEx, toIn []float64) int {
	step, membrane, ex, in := k.step.of(0), k.membranes.of(r.First), k.exs.of(r.First), k.ins.of(r.First)
	nextM, nextEx, nextIn := k.membranes.next, k.exs.next, k.ins.next
	switch {
	case k.Alpha && k.Level == AVX512:
		return conductancesAlphaAVX512(r.V, r.Ex, r.In, r.ExSlope, r.InSlope, r.Left, current, toEx, toIn, step, membrane, ex, in, nextM, nextEx, nextIn, k.picked)
	case k.Alpha:
		return conductancesAlphaAVX2(r.V, r.Ex, r.In, r.ExSlope, r.InSlope, r.Left, current, toEx, toIn, step, membrane, ex, in, nextM, nextEx, nextIn, k.picked)
	case k.Level == AVX512:
		return conductancesExpAVX512(r.V, r.Ex, r.In, r.Left, current, toEx, toIn, step, membrane, ex, in, nextM, nextEx, nextIn, k.picked)
	}
	return conductancesExpAVX2(r.V, r.Ex, r.In, r.Left, current, toEx, toIn, step, membrane, ex, in, nextM, nextEx, nextIn, k.picked)
}

// izhikevichVector leaves the indices of neurons that fire in k.picked and returns
// their number.
func izhikevichVector(k *Izhikevich, first int, v, u, current, arrived []float64) int {
	if k.Level == AVX512 {
		return izhikevichAVX512(v, u, current, arrived, k.Dt, k.table.of(first), k.table.next, k.picked)
	}
	return izhikevichAVX2(v, u, current, arrived, k.Dt, k.table.of(first), k.table.next, k.picked)
}
