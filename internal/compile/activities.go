package compile

import (
	"fmt"
	"math"
	"sync"

	"soma"
	"soma/internal/kernel"
	"soma/neuron"
)

// Activities are computed for strips of 32 neurons at up to 64 points, as package
// solve asks for them.
const (
	stripNeurons = 32
	panelPoints  = 64

	// affineRows is the number of points whose currents are scaled by one call.
	affineRows = 4
)

// activities are the steady outputs of an ensemble's neurons, rate times amplitude, at
// points (count × D, in units of the radius).
type activities struct {
	tuning     *Tuning
	rater      neuron.Rater
	dimensions int
	points     kernel.Strips
	encoders   kernel.Strips // in the order that was asked for
	gain, bias []float64     // of each strip, affineRows times
	scratch    *sync.Pool    // of currents
}

// currents are those of a strip.
type currents [panelPoints * stripNeurons]float64

// activities prepares them. Ensembles may share the scratch.
func (t *Tuning) activities(e *soma.Ensemble, points []float64, scratch *sync.Pool) (*activities, error) {
	rater, err := t.rater(e, points, e.Dimensions)
	if err != nil {
		return nil, err
	}
	return &activities{
		tuning: t, rater: rater, dimensions: e.Dimensions,
		points: kernel.NewStrips(points, e.Dimensions, upTo(len(points)/e.Dimensions)), scratch: scratch,
	}, nil
}

// Arrange implements solve.Activities.
func (a *activities) Arrange(order []int) {
	a.encoders = kernel.NewStrips(a.tuning.Encoders, a.dimensions, order)
	size := (len(order) + stripNeurons - 1) / stripNeurons * stripNeurons * affineRows
	a.gain, a.bias = make([]float64, size), make([]float64, size)
	for i, neuron := range order {
		for row := range affineRows {
			at := i/stripNeurons*stripNeurons*affineRows + row*stripNeurons + i%stripNeurons
			a.gain[at], a.bias[at] = a.tuning.Gain[neuron], a.tuning.Bias[neuron]
		}
	}
}

// Fill implements solve.Activities.
func (a *activities) Fill(x []float64, strip, first int) {
	const size = stripNeurons * affineRows
	all, _ := a.scratch.Get().(*currents)
	if all == nil {
		all = new(currents)
	}
	defer a.scratch.Put(all)
	j := all[:len(x)]
	a.points.Products(kernel.Best(), j, first, a.encoders, strip)
	gain, bias := a.gain[strip*size:][:size], a.bias[strip*size:][:size]
	for k := 0; k < len(j); k += size {
		some := j[k:min(k+size, len(j))]
		kernel.Affine(kernel.Best(), some, gain[:len(some)], bias[:len(some)])
	}
	a.rater.Rates(x, j)
}

// Rates are the activities at points, point by point.
func (t *Tuning) Rates(e *soma.Ensemble, points []float64) ([]float64, error) {
	return t.rates(e, points, make([]float64, len(points)/e.Dimensions*e.N), 1)
}

// rates writes what Rates gives, and returns it.
func (t *Tuning) rates(e *soma.Ensemble, points, rates []float64, threads int) ([]float64, error) {
	a, err := t.activities(e, points, new(sync.Pool))
	if err != nil {
		return nil, err
	}
	a.Arrange(upTo(e.N))
	count, n := len(points)/e.Dimensions, e.N
	inParallel(threads, (count+panelPoints-1)/panelPoints, func(_, panel int) {
		first := panel * panelPoints
		rows := min(panelPoints, count-first)
		x := make([]float64, rows*stripNeurons)
		for at := 0; at < n; at += stripNeurons {
			a.Fill(x, at/stripNeurons, first)
			for k := range rows {
				copy(rates[(first+k)*n+at:][:min(stripNeurons, n-at)], x[k*stripNeurons:])
			}
		}
	})
	return rates, nil
}

// upTo is 0, 1, … below n.
func upTo(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

// rater is the rate curve of the ensemble's neurons. That of a measured model
// goes up to what the points can reach, and depends on nothing else.
func (t *Tuning) rater(e *soma.Ensemble, points []float64, d int) (neuron.Rater, error) {
	rater, ok := e.Neuron.(neuron.Rater)
	if !ok {
		return nil, noRates(e)
	}
	if _, measured := e.Neuron.(neuron.Measured); !measured {
		return rater, nil
	}
	highest := t.highestCurrent(points, d)
	if t.curve != nil && t.curve.Reaches(highest) {
		return t.curve, nil
	}
	curve, problem := neuron.NewCurveTo(e.Neuron, highest)
	if problem != nil {
		return nil, fmt.Errorf("%s; %s", problem.Problem, problem.Remedy)
	}
	return curve, nil
}

// highestCurrent bounds the currents at points of d values: no encoder reaches
// further than the length of the longest.
func (t *Tuning) highestCurrent(points []float64, d int) float64 {
	longest := 1.0
	for p := 0; p < len(points); p += d {
		sum := 0.0
		for _, x := range points[p : p+d] {
			sum += float64(x * x)
		}
		longest = max(longest, math.Sqrt(sum))
	}
	highest := math.Inf(-1)
	for i, gain := range t.Gain {
		highest = max(highest, float64(math.Abs(gain)*longest)+t.Bias[i])
	}
	return highest
}
