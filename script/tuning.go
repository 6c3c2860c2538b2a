package script

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"

	"go.starlark.net/starlark"

	"soma"
	"soma/neuron"
	"soma/plot"
	"soma/sim"
)

const (
	usualCurves = 30  // of an ensemble's neurons
	curvePoints = 201 // of a curve
	planePoints = 81  // of an image, in each direction
)

var (
	ensembleShown   = parameter{name: "ensemble", kind: "ensemble", required: true, doc: "whose neurons are shown"}
	curvesParameter = parameter{name: "neurons", kind: "whole number", def: "30", doc: "the most that are shown, evenly chosen"}
)

var tuningSignature = &signature{
	name: "tuning_curves", byPosition: 1,
	doc: "The rate of each neuron of an ensemble over what the ensemble represents, from the closed form; colours go with where a neuron begins to fire. In several dimensions, over a line through the origin. With `neuron`, one neuron's rate over the plane of two dimensions, as an image.",
	params: aroundAxes([]parameter{ensembleShown}, curvesParameter,
		parameter{name: "along", kind: "list of numbers", doc: "direction of the line; default: the first dimension"},
		parameter{name: "neuron", kind: "whole number", doc: "the one neuron to be shown, over two dimensions"}),
}

var responseSignature = &signature{
	name: "response_curves", byPosition: 1,
	doc:    "The rate of each neuron of an ensemble over the represented value along its own encoder, in units of the radius, from the closed form.",
	params: aroundAxes([]parameter{ensembleShown}, curvesParameter),
}

func (s *session) tuningCurves(c *call) starlark.Value {
	v := c.newPanel(plot.XY)
	e := c.ensembleWithNeurons("ensemble")
	curves := usualCurves
	c.atLeastOne("neurons", &curves)
	if e == nil {
		return v
	}
	if c.given("neuron") {
		c.plane(v, e)
		return v
	}
	along := make([]float64, e.Dimensions)
	along[0] = 1
	label := "represented value"
	if c.given("along") {
		c.direction(e, along)
		label = "represented value along the line"
	} else if e.Dimensions > 1 {
		label = "represented value, dimension 0"
	}
	v.show = func(s *sim.Simulator, p *plot.Panel) error {
		p.XLabel = orElse(p.XLabel, label)
		return showTuning(s, e, along, curves, p)
	}
	return v
}

func (s *session) responseCurves(c *call) starlark.Value {
	v := c.newPanel(plot.XY)
	e := c.ensembleWithNeurons("ensemble")
	curves := usualCurves
	c.atLeastOne("neurons", &curves)
	if e == nil {
		return v
	}
	v.panel.XLabel = orElse(v.panel.XLabel, "represented value along the encoder, in radii")
	v.show = func(s *sim.Simulator, p *plot.Panel) error { return showResponse(s, e, curves, p) }
	return v
}

// ensembleWithNeurons reads an ensemble whose neurons have a rate; nil when
// there is none.
func (c *call) ensembleWithNeurons(name string) *soma.Ensemble {
	if !c.given(name) {
		return nil
	}
	o, _ := c.value(name).(*objectValue)
	var e *soma.Ensemble
	if o != nil {
		e, _ = o.of.(*soma.Ensemble)
	}
	if e == nil {
		c.report(name, describe(c.value(name))+" is no ensemble", "give what model.ensemble made")
		return nil
	}
	if _, ok := e.Neuron.(neuron.Rater); !ok && e.Neuron != nil {
		c.report(name, e.Neuron.Spec().Name+" has no closed-form rate", "give an ensemble of a model that has one, such as neuron.LIF")
		return nil
	}
	return e
}

// atLeastOne reads a number of things to be shown.
func (c *call) atLeastOne(name string, into *int) {
	c.whole(name, into)
	if *into < 1 {
		c.report(name, fmt.Sprintf("%d is too few", *into), "give at least 1")
		*into = 1
	}
}

// direction reads the direction of a line, scaled to unit length.
func (c *call) direction(e *soma.Ensemble, into []float64) {
	values, problem := toFloats(c.value("along"))
	length := 0.0
	for _, x := range values {
		length += float64(x * x)
	}
	switch {
	case problem != "":
	case len(values) != e.Dimensions:
		problem = fmt.Sprintf("%d values for an ensemble of %d dimensions", len(values), e.Dimensions)
	case !(length > 0) || math.IsInf(length, 0):
		problem = "a direction without a length"
	}
	if problem != "" {
		c.report("along", problem, "give a vector of as many values as the ensemble has dimensions")
		return
	}
	for i, x := range values {
		into[i] = x / math.Sqrt(length)
	}
}

// plane lets a panel show one neuron over two dimensions.
func (c *call) plane(v *panelValue, e *soma.Ensemble) {
	i := 0
	c.whole("neuron", &i)
	switch {
	case e.Dimensions != 2:
		c.report("neuron", fmt.Sprintf("an ensemble of %d dimensions has no plane", e.Dimensions), "leave it out, for curves along a line")
		return
	case i < 0 || i >= e.N:
		c.report("neuron", fmt.Sprintf("neuron %d of %d", i, e.N), fmt.Sprintf("give a number from 0 to %d", e.N-1))
		return
	}
	v.panel.Kind = plot.Image
	v.panel.XLabel, v.panel.YLabel = orElse(v.panel.XLabel, "dimension 0"), orElse(v.panel.YLabel, "dimension 1")
	v.show = func(s *sim.Simulator, p *plot.Panel) error { return showPlane(s, e, i, p) }
}

func showTuning(s *sim.Simulator, e *soma.Ensemble, along []float64, most int, p *plot.Panel) error {
	tuning, err := s.Tuning(e)
	if err != nil {
		return err
	}
	x := between(-e.Radius, e.Radius, curvePoints)
	points := make([][]float64, len(x))
	for k := range points {
		points[k] = make([]float64, e.Dimensions)
		for j, u := range along {
			points[k][j] = float64(x[k] * u)
		}
	}
	chosen := evenly(e.N, most)
	// Where on the line, in radii, a neuron begins to fire: colours go with it.
	begins := make([]float64, len(tuning.Intercepts))
	for i, intercept := range tuning.Intercepts {
		slope := 0.0
		for j, u := range along {
			slope += float64(tuning.Encoders[i][j] * u)
		}
		begins[i] = intercept / slope
	}
	sortBy(chosen, begins)
	rates, err := s.TuningCurves(e, points, chosen...)
	if err != nil {
		return err
	}
	p.Series = curvesOf(x, rates, e)
	p.YLabel, p.YUnit = orElse(p.YLabel, "firing rate"), "Hz"
	return nil
}

func showResponse(s *sim.Simulator, e *soma.Ensemble, most int, p *plot.Panel) error {
	tuning, err := s.Tuning(e)
	if err != nil {
		return err
	}
	x := between(-1, 1, curvePoints)
	chosen := evenly(e.N, most)
	sortBy(chosen, tuning.Intercepts)
	rates, err := s.ResponseCurves(e, x, chosen...)
	if err != nil {
		return err
	}
	p.Series = curvesOf(x, rates, e)
	p.YLabel, p.YUnit = orElse(p.YLabel, "firing rate"), "Hz"
	return nil
}

// sortBy puts neurons in the order of a key, where there is one.
func sortBy(neurons []int, key []float64) {
	if len(key) > 0 {
		slices.SortStableFunc(neurons, func(a, b int) int { return cmp.Compare(key[a], key[b]) })
	}
}

// curvesOf makes a series of each neuron from their outputs, row by row.
func curvesOf(x []float64, output [][]float64, e *soma.Ensemble) []plot.Series {
	amplitude := e.Neuron.Spec().Amplitude
	series := make([]plot.Series, len(output[0]))
	for i := range series {
		y := make([]float64, len(x))
		for k := range x {
			y[k] = output[k][i] / amplitude
		}
		series[i] = plot.Series{X: rounded(x), Y: rounded(y)}
		leaveOutSilence(series[i].Y)
	}
	return series
}

// leaveOutSilence makes gaps where a neuron does not fire, but for the points beside
// those where it does: rows of zeros would hide each other. A neuron that never
// fires keeps its line.
func leaveOutSilence(rates plot.Numbers) {
	fires := make([]bool, len(rates)+2) // from one before the first to one after the last
	for i, rate := range rates {
		fires[i+1] = rate > 0
	}
	if !slices.Contains(fires, true) {
		return
	}
	for i := range rates {
		if !fires[i] && !fires[i+1] && !fires[i+2] {
			rates[i] = math.NaN()
		}
	}
}

func showPlane(s *sim.Simulator, e *soma.Ensemble, i int, p *plot.Panel) error {
	at := between(-e.Radius, e.Radius, planePoints)
	points := make([][]float64, 0, planePoints*planePoints)
	for _, y := range slices.Backward(at) { // the first row of a matrix is at the top
		for _, x := range at {
			points = append(points, []float64{x, y})
		}
	}
	output, err := s.TuningCurves(e, points, i)
	if err != nil {
		return err
	}
	p.Matrix = make([]plot.Numbers, planePoints)
	for r := range p.Matrix {
		p.Matrix[r] = make(plot.Numbers, planePoints)
		for k := range p.Matrix[r] {
			p.Matrix[r][k] = output[r*planePoints+k][0] / e.Neuron.Spec().Amplitude
		}
		p.Matrix[r] = rounded(p.Matrix[r])
	}
	half := e.Radius * (1 + 1.0/(planePoints-1)) // points are in the middle of their cells
	p.Across, p.Up = &[2]float64{-half, half}, &[2]float64{-half, half}
	if len(p.Labels) == 0 {
		p.Labels = []string{"firing rate (Hz)"}
	}
	return nil
}

// evenly chooses at most so many of n.
func evenly(n, most int) []int {
	count := min(n, most)
	chosen := make([]int, count)
	for k := range chosen {
		chosen[k] = k * n / count
	}
	return chosen
}

// between gives n values, both ends among them.
func between(from, to float64, n int) []float64 {
	values := make([]float64, n)
	for i := range values {
		values[i] = from + float64((to-from)*float64(i))/float64(n-1)
	}
	return values
}

// rounded cuts numbers to the digits that a figure can show, so that a description of it
// stays small.
func rounded(values []float64) plot.Numbers {
	out := make(plot.Numbers, len(values))
	for i, x := range values {
		out[i], _ = strconv.ParseFloat(strconv.FormatFloat(x, 'g', 5, 64), 64)
	}
	return out
}
