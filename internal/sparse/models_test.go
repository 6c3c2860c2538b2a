package sparse

import (
	"fmt"
	"math"

	"soma/connect"
	"soma/internal/rng"
)

const ms, mV, pA, pF = 1e-3, 1e-3, 1e-12, 1e-12

// brunel is network A of Brunel (2000; doi:10.1023/A:1008925309027): nE + nE/4
// neurons with a tenth of each population as their sources.
func brunel(nE int, g, eta float64) Spec {
	nI, cE := nE/4, nE/10
	const j = 0.1 * mV
	model := IafPscDelta{C: 250 * pF, TauM: 20 * ms, VTh: 20 * mV, VReset: 10 * mV, TRef: 2 * ms}
	threshold := model.VTh / (j * float64(cE) * model.TauM)
	spec := Spec{Dt: 0.1 * ms}
	for i, n := range []int{nE, nI} {
		spec.Populations = append(spec.Populations, Population{
			N: n, Model: model,
			Poisson: Poisson{Rate: float64(cE) * eta * threshold, Weight: j, Stream: rng.New(1, fmt.Sprint("brunel.", i), "poisson")},
		})
	}
	for source, k := range []int{cE, cE / 4} {
		weight := []float64{j, -g * j}[source]
		for target := range 2 {
			spec.Projections = append(spec.Projections, Projection{
				Source: Part{Population: source}, Target: Part{Population: target}, Receptor: source,
				Rule: connect.FixedIndegree{K: k}, Weight: connect.Constant(weight), Delay: connect.Constant(1.5 * ms),
				Pairs: rng.New(1, fmt.Sprint("brunel.", source, target), "pairs"),
			})
		}
	}
	return spec
}

// The cortical microcircuit of Potjans & Diesmann (2014;
// doi:10.1093/cercor/bhs358): L2/3E, L2/3I, L4E, L4I, L5E, L5I, L6E, L6I.
var (
	microcircuitSize    = [8]int{20683, 5834, 21915, 5479, 4850, 1065, 14395, 2948}
	microcircuitInputs  = [8]float64{1600, 1500, 2100, 1900, 2000, 1900, 2900, 2100}
	microcircuitMean    = [8]float64{-68.28, -63.16, -63.33, -63.45, -63.11, -61.66, -66.72, -61.43} // mV
	microcircuitStd     = [8]float64{5.36, 4.57, 4.74, 4.94, 4.94, 4.55, 5.46, 4.48}                 // mV
	microcircuitRates   = [8]float64{0.90, 2.97, 4.41, 5.88, 7.57, 8.63, 1.11, 7.83}                 // Hz, NEST 3.10
	microcircuitConnect = [8][8]float64{                                                             // target, source
		{.1009, .1689, .0437, .0818, .0323, 0, .0076, 0},
		{.1346, .1371, .0316, .0515, .0755, 0, .0042, 0},
		{.0077, .0059, .0497, .1350, .0067, .0003, .0453, 0},
		{.0691, .0029, .0794, .1597, .0033, 0, .1057, 0},
		{.1004, .0622, .0505, .0057, .0831, .3726, .0204, 0},
		{.0548, .0269, .0257, .0022, .0600, .3158, .0086, 0},
		{.0156, .0066, .0211, .0166, .0572, .0197, .0396, .2252},
		{.0364, .0010, .0034, .0005, .0277, .0080, .0658, .1443},
	}
)

// microcircuit scales the numbers of neurons by scale; their indegrees too.
func microcircuit(scale float64) Spec {
	model := IafPscExp{
		C: 250 * pF, TauM: 10 * ms, TauEx: 0.5 * ms, TauIn: 0.5 * ms,
		EL: -65 * mV, VTh: -50 * mV, VReset: -65 * mV, TRef: 2 * ms, OneCurrent: true,
	}
	weight := 0.15 * mV / pspPerPsc(model)
	spec := Spec{Dt: 0.1 * ms}
	for i, n := range microcircuitSize {
		n = int(float64(n) * scale)
		path := fmt.Sprint("microcircuit.", i)
		v := make([]float64, n)
		src := rng.New(1, path, "v").Source(0)
		for j := range v {
			v[j] = (microcircuitMean[i] + microcircuitStd[i]*src.Normal()) * mV
		}
		spec.Populations = append(spec.Populations, Population{
			N: n, Model: model, V: v,
			Poisson: Poisson{Rate: 8 * microcircuitInputs[i], Weight: weight, Stream: rng.New(1, path, "poisson")},
		})
	}
	for target := range 8 {
		for source := range 8 {
			if p := microcircuitConnect[target][source]; p > 0 {
				spec.Projections = append(spec.Projections, microcircuitProjection(&spec, target, source, p, weight))
			}
		}
	}
	return spec
}

func microcircuitProjection(spec *Spec, target, source int, p, weight float64) Projection {
	pairs := float64(spec.Populations[source].N) * float64(spec.Populations[target].N)
	delay := connect.Normal{Mean: 1.5 * ms, Std: 0.75 * ms, Low: spec.Dt, High: math.Inf(1)}
	w := connect.Normal{Mean: weight, Low: 0, High: math.Inf(1)}
	if target == 0 && source == 2 {
		w.Mean *= 2
	}
	if source%2 == 1 {
		delay.Mean, delay.Std = 0.75*ms, 0.375*ms
		w = connect.Normal{Mean: -4 * weight, Low: math.Inf(-1), High: 0}
	}
	w.Std = 0.1 * math.Abs(w.Mean)
	path := fmt.Sprint("microcircuit.", target, source)
	return Projection{
		Source: Part{Population: source}, Target: Part{Population: target}, Receptor: source % 2,
		Rule:   connect.FixedTotal{N: int(math.Log1p(-p)/math.Log1p(-1/pairs) + 0.5)},
		Weight: w, Delay: delay,
		Pairs: rng.New(1, path, "pairs"), Weights: rng.New(1, path, "weights"), Delays: rng.New(1, path, "delays"),
	}
}

// pspPerPsc is the peak of the potential that a current of 1 A makes, in V.
func pspPerPsc(m IafPscExp) float64 {
	sub := 1 / (m.TauEx - m.TauM)
	ratio := m.TauM / m.TauEx
	return m.TauM * m.TauEx / m.C * sub * (math.Pow(ratio, m.TauM*sub) - math.Pow(ratio, m.TauEx*sub))
}
