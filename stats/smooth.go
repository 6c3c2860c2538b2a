package stats

import "soma/internal/elementary"

// Smooth convolves the rates of even bins with a Gaussian of the given standard
// deviation, s, and gives the smoothed rates at the centres of the bins. The
// Gaussian is cut at four deviations and normalised over the part inside the
// recording, so that rates do not drop at its ends.
func Smooth(edges, rates []float64, sigma float64) (centres, smooth []float64) {
	n := len(rates)
	centres, smooth = make([]float64, n), make([]float64, n)
	if n == 0 || !(sigma > 0) {
		copy(smooth, rates)
		return centres, smooth
	}
	bin := edges[1] - edges[0]
	reach := int(min(float64(n-1), 4*sigma/bin))
	weights := make([]float64, reach+1)
	for k := range weights {
		z := float64(k) * bin / sigma
		weights[k] = elementary.Exp(-0.5 * z * z)
	}
	for i := range smooth {
		sum, total := 0.0, 0.0
		for j := max(0, i-reach); j <= min(n-1, i+reach); j++ {
			w := weights[max(i-j, j-i)]
			sum += float64(w * rates[j])
			total += w
		}
		centres[i], smooth[i] = float64(0.5*(edges[i]+edges[i+1])), sum/total
	}
	return centres, smooth
}
