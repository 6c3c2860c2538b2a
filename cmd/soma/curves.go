package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"sort"
	"strconv"
	"strings"
	"time"

	"soma"
	"soma/internal/param"
	"soma/neuron"
	"soma/plot"
	"soma/record"
	"soma/signal"
	"soma/sim"
	"soma/synapse"
)

const (
	maxCurves   = 50
	maxCurrents = 100_000
	curveTime   = 10 // s
)

// member is one model of a family.
type member struct {
	model neuron.Model
	label string // what sets it apart; "" for the only one
}

// with is a copy of a model with a parameter set.
func with(m neuron.Model, p param.Field, x float64) neuron.Model {
	changed := reflect.New(reflect.TypeOf(m))
	changed.Elem().Set(reflect.ValueOf(m))
	param.SetFloat(changed, p, x)
	return changed.Elem().Interface().(neuron.Model)
}

// curves are the rates of a family of models at the same currents.
type curves struct {
	family   []member
	currents []float64
	rates    [][]float64 // simulated, Hz, one row per member
	closed   [][]float64 // from the closed form
	run      record.Run
	seconds  float64
}

// measure simulates every member.
func (f *curveFlags) measure(family []member) (*curves, error) {
	c := &curves{family: family, seconds: f.time.or(curveTime)}
	spec := family[0].model.Spec()
	var err error
	if c.currents, err = f.range_(family[0].model, spec.InputUnit); err != nil {
		return nil, err
	}
	for _, m := range family {
		closed, settle := steady(m.model, c.currents)
		rates, err := c.simulate(m.model, f.dt.or(usualStep(m.model)), settle)
		if err != nil {
			return nil, err
		}
		c.rates, c.closed = append(c.rates, rates), append(c.closed, closed)
	}
	return c, nil
}

// range_ reads FROM:TO:N, or chooses the currents from the model's threshold.
func (f *curveFlags) range_(m neuron.Model, unit string) ([]float64, error) {
	from, to, n, err := 0.0, 0.0, 61, error(nil)
	if f.currents.text == "" {
		if from, to, err = usualRange(m); err != nil {
			return nil, err
		}
	} else if from, to, n, err = parseRange(f.currents.text, unit); err != nil {
		return nil, usagef("--currents %s: %w", f.currents.text, err)
	}
	return between(from, to, n), nil
}

// between gives n currents, both ends among them.
func between(from, to float64, n int) []float64 {
	currents := make([]float64, n)
	for i := range currents {
		currents[i] = from + float64((to-from)*float64(i))/float64(n-1)
	}
	currents[n-1] = to
	return currents
}

func parseRange(text, unit string) (from, to float64, n int, err error) {
	parts := strings.Split(text, ":")
	if len(parts) != 3 {
		return 0, 0, 0, fmt.Errorf("not FROM:TO:N; give a range such as 0:3:61")
	}
	if from, err = quantity(parts[0], unit); err != nil {
		return 0, 0, 0, err
	}
	if to, err = quantity(parts[1], unit); err != nil {
		return 0, 0, 0, err
	}
	n, err = strconv.Atoi(strings.TrimSpace(parts[2]))
	if err != nil || n < 2 || n > maxCurrents || !(to > from) || math.IsInf(to-from, 0) {
		return 0, 0, 0, fmt.Errorf("not a range; give a rising one of 2 to %d currents", maxCurrents)
	}
	return from, to, n, nil
}

// steady gives the rates that a model should have, and the time that it takes
// to reach them.
func steady(m neuron.Model, currents []float64) (rates []float64, settle float64) {
	rates = make([]float64, len(currents))
	switch m := m.(type) {
	case neuron.Adapter:
		settle = m.AdaptedRates(rates, currents)
	case neuron.Measured:
		settle = m.Measurement().Settle
		m.Rates(rates, currents)
	case neuron.Rater:
		m.Rates(rates, currents)
	}
	return rates, settle
}

// source says where the expected rates come from.
func source(m neuron.Model) string {
	switch m.(type) {
	case neuron.Adapter:
		return "mean field"
	case neuron.Measured:
		return "one run"
	}
	return "closed form"
}

// remark says why the two columns may differ.
func remark(m neuron.Model, dt float64) string {
	measured, isMeasured := m.(neuron.Measured)
	_, adapts := m.(neuron.Adapter)
	switch {
	case isMeasured:
		return fmt.Sprintf("there is no closed form: decoders are solved with the rates of one run of %s", duration(measured.Measurement().Time))
	case adapts:
		return "rates after adaptation; gain, bias and decoders are solved with those before"
	case m.Spec().Random:
		return "spikes are drawn at random"
	case onGrid(m):
		return fmt.Sprintf("spikes are at the ends of steps of %s; the closed form is the limit of short steps", duration(dt))
	}
	return ""
}

// onGrid says whether a model fires at the ends of steps only, as point neurons
// do.
func onGrid(m neuron.Model) bool { return len(m.Spec().Receptors) > 0 }

// usualStep is fine where rates depend on it.
func usualStep(m neuron.Model) float64 {
	if measured, ok := m.(neuron.Measured); ok {
		return measured.Measurement().Dt
	}
	if onGrid(m) {
		return 1e-5
	}
	return sim.DefaultDt
}

// usualRange is from 0 to three times the threshold current, or to the current
// of 200 Hz where the threshold is not above 0; where there is none, to both
// sides of 0.
func usualRange(m neuron.Model) (from, to float64, err error) {
	tuner, ok := m.(neuron.Tuner)
	if !ok {
		return rangeOf(m)
	}
	if atRest, _ := steady(m, []float64{0}); atRest[0] > 0 || m.Spec().Signed {
		return -5, 5, nil
	}
	for rate := 200.0; rate > 0.1; rate /= 2 {
		// With its intercept at 0, a neuron's bias is its threshold current.
		gain, bias, problem := tuner.GainBias(rate, 0)
		switch {
		case problem != nil:
			continue
		case bias > 0:
			return 0, 3 * bias, nil
		}
		from, to = 0, bias+gain
		if bias < 0 {
			from = bias - gain
		}
		return from, to, nil
	}
	return 0, 0, usagef("--currents is missing; give a range such as 0:3:61")
}

// rangeOf is from 0 to three times the current at which a model begins to fire.
func rangeOf(m neuron.Model) (from, to float64, err error) {
	threshold, ok := neuron.Threshold(m)
	if !ok || threshold <= 0 {
		return 0, 0, usagef("--currents is missing; give a range such as 0:3:61")
	}
	const silent = 1 - 1e-13 // at the threshold itself a rate is a matter of rounding
	return 0, 3 * silent * threshold, nil
}

// simulate gives the rate of the model at every current, after a time to settle.
func (c *curves) simulate(m neuron.Model, dt, settle float64) ([]float64, error) {
	start := time.Now()
	net := soma.New(m.Spec().Name, 1)
	cells := net.Population("cells", len(c.currents), m)
	net.Connect(net.Node("currents", signal.Constant(c.currents)), cells).Synapse = synapse.None{}
	what := soma.Output
	if m.Spec().Spiking {
		what = soma.Spikes
	}
	probe := net.Probe("activity", cells, what)
	s, err := sim.New(net, sim.Options{Dt: dt})
	if err != nil {
		return nil, err
	}
	measured := c.seconds
	if what == soma.Output {
		measured = dt // a model without spikes gives its rate in every step
	}
	steps, err := s.StepsOf(settle + measured)
	if err != nil {
		return nil, err
	}
	built := time.Now()
	if err := s.RunSteps(context.Background(), steps); err != nil {
		return nil, err
	}
	c.run.BuildS += built.Sub(start).Seconds()
	c.run.RunS += time.Since(built).Seconds()
	c.run.Seed, c.run.Dt, c.run.Time, c.run.Steps = net.Seed, s.Dt(), s.Time(), s.Steps()
	c.run.Threads, c.run.Kernel = s.Threads(), s.Kernel()
	c.run.Neurons += int64(len(c.currents))
	data := s.Data(probe)
	if what == soma.Output {
		return data.Values[len(data.Values)-len(c.currents):], nil
	}
	first := sort.Search(len(data.Times), func(i int) bool { return data.Times[i] > settle })
	rates := plot.Rates(plot.Spikes{
		Times: data.Times[first:], IDs: data.IDs[first:], Exact: data.Exact[first:], Neurons: data.Width, Duration: s.Time() - settle,
	})
	for i := range rates {
		rates[i] *= m.Spec().Amplitude
	}
	return rates, nil
}

// deviation is the largest difference between simulation and closed form,
// relative to the larger of the two. Rates too low for three spikes in the time
// are left out.
func (c *curves) deviation(k int) float64 {
	largest := 0.0
	for i, want := range c.closed[k] {
		got := c.rates[k][i]
		size := max(math.Abs(got), math.Abs(want))
		if size*c.seconds >= 3 {
			largest = max(largest, math.Abs(got-want)/size)
		}
	}
	return largest
}

// result is what the curves leave: arrays, and a description.
func (c *curves) result() (*record.Result, error) {
	run := c.run
	run.Version, run.Model = version, c.family[0].model.Spec().Name
	if simulated := run.Time * float64(len(c.family)); simulated > 0 {
		run.RealTimeFactor = run.RunS / simulated
	}
	for k, m := range c.family {
		run.Curves = append(run.Curves, record.Curve{Label: m.name(), Parameters: parameters(m.model), MaxDeviation: c.deviation(k)})
	}
	var err error
	run.Figures, err = stored([]plot.Figure{c.figure()})
	shape := []int{len(c.family), len(c.currents)}
	if len(c.family) == 1 {
		shape = shape[1:]
	}
	return &record.Result{Run: run, Arrays: []record.Array{
		{Name: "currents", Data: c.currents},
		{Name: "simulated", Data: flat(c.rates), Shape: shape},
		{Name: "closed_form", Data: flat(c.closed), Shape: shape},
	}}, err
}

func (m member) name() string {
	if m.label == "" {
		return m.model.Spec().Name
	}
	return m.label
}

func flat(rows [][]float64) []float64 {
	var all []float64
	for _, row := range rows {
		all = append(all, row...)
	}
	return all
}

// parameters gives the parameters of a model by their names.
func parameters(m neuron.Model) map[string]any {
	values := map[string]any{}
	resolved := param.Resolve(m)
	for _, p := range param.Fields(resolved) {
		x := p.Value(resolved).Interface()
		if _, err := json.Marshal(x); err == nil { // JSON has no infinity
			values[p.Name] = x
		}
	}
	return values
}
