package neuron

import (
	"runtime"
	"sort"
	"sync"

	"soma/internal/kernel"
)

// A Measured model has no formula for its rate: Rates steps a neuron for each
// current. Whoever needs many takes them from a [Curve].
type Measured interface {
	Model
	Rater
	Measurement() Measurement
}

// A Measurement says how the steady rate of a model is measured.
type Measurement struct {
	Dt     float64 // length of a step, s
	Settle float64 // time that is waited first, s
	Time   float64 // time during which spikes are counted, s
	// Count starts every state variable at 0 and takes the number of spikes by the
	// time; else neurons start as the model says, and where there are three spikes or
	// more, the rate follows from their intervals.
	Count bool
	// Points are how many currents a table of the rate has.
	Points int
}

// usualMeasurement is that of point neurons.
func usualMeasurement() Measurement {
	return Measurement{Dt: 1e-4, Settle: 0.2, Time: 0.5, Points: 65}
}

// measure writes the rate of a neuron with each of the currents. They do not
// know of each other, and are shared out among the processors.
func measure(m Measured, rates, currents []float64) {
	part := max(1, len(currents)/runtime.GOMAXPROCS(0))
	var running sync.WaitGroup
	for low := 0; low < len(currents); low += part {
		high := min(low+part, len(currents))
		running.Go(func() { measurePart(m, rates[low:high], currents[low:high]) })
	}
	running.Wait()
}

func measurePart(m Measured, rates, currents []float64) {
	how, spec, n := m.Measurement(), m.Spec(), len(currents)
	stepper, err := m.NewStepper(Env{Dt: how.Dt, Level: kernel.Best()})
	if err != nil {
		clear(rates)
		return
	}
	b := &Block{Input: currents, Output: make([]float64, n)}
	for _, s := range spec.States {
		row := make([]float64, n)
		if !how.Count {
			row, _ = s.Init.Draw(Env{}.Stream, n, 1)
		}
		b.State = append(b.State, row)
	}
	for range spec.Receptors {
		b.Arrived = append(b.Arrived, make([]float64, n))
	}
	wait, end := toSteps(how.Settle, how.Dt), toSteps(how.Settle+how.Time, how.Dt)
	count, first, last := make([]float64, n), make([]float64, n), make([]float64, n)
	for b.Step = 1; b.Step <= end; b.Step++ {
		b.Spikes, b.At = b.Spikes[:0], b.At[:0]
		stepper.Step(b)
		if b.Step <= wait {
			continue
		}
		for k, i := range b.Spikes {
			last[i] = float64(float64(b.Step-1)*how.Dt) + b.At[k]
			if count[i]++; count[i] == 1 {
				first[i] = last[i]
			}
		}
	}
	for i := range rates {
		rates[i] = count[i] / how.Time
		if !how.Count && count[i] >= 3 {
			rates[i] = (count[i] - 1) / (last[i] - first[i])
		}
		rates[i] = float64(rates[i] * spec.Amplitude)
	}
}

// tabulate measures a curve that has to be.
func (c *Curve) tabulate() {
	m, ok := c.rater.(Measured)
	if !ok {
		return
	}
	t := &rateTable{}
	points := m.Measurement().Points
	for i := range points {
		t.currents = append(t.currents, c.threshold+float64((c.top-c.threshold)*(float64(i)/float64(points-1))))
	}
	t.rates = make([]float64, points)
	m.Rates(t.rates, t.currents)
	c.rater = t
}

// rateTable is a rate curve by points, at rising currents.
type rateTable struct{ currents, rates []float64 }

// Rates implements Rater: 0 before the first point, and after the last it goes
// on as before.
func (t *rateTable) Rates(rates, currents []float64) {
	for i, j := range currents {
		if !(j >= t.currents[0]) {
			rates[i] = 0
			continue
		}
		k := max(1, min(sort.SearchFloat64s(t.currents, j), len(t.currents)-1))
		width := t.currents[k] - t.currents[k-1]
		if width <= 0 {
			rates[i] = t.rates[k]
			continue
		}
		part := (j - t.currents[k-1]) / width
		rates[i] = max(0, t.rates[k-1]+float64(part*(t.rates[k]-t.rates[k-1])))
	}
}
