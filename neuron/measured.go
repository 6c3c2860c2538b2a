package neuron

import (
	"sort"

	"soma/internal/kernel"
)

// A Measured model has no formula for its rate: Rates steps a neuron for each
// current. Whoever needs many takes them from [RatesWithin].
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
	// Count takes the number of spikes by the time; else, where there are three or
	// more, the rate follows from their intervals.
	Count bool
	// Points are how many currents a table of the rate has.
	Points int
}

// usualMeasurement is that of point neurons.
func usualMeasurement() Measurement {
	return Measurement{Dt: 1e-4, Settle: 0.3, Time: 0.7, Points: 129}
}

// measure writes the rate of a neuron with each of the currents, all side by
// side, from the middle of the model's initial states.
func measure(m Measured, rates, currents []float64) {
	how := m.Measurement()
	n := len(currents)
	spec := m.Spec()
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

// RatesWithin is the rate curve of a model for currents from low to high: the
// model's own, or a table with straight lines between its points when the rates
// are measured. false when the model has no rate curve.
func RatesWithin(m Model, low, high float64) (Rater, bool) {
	measured, ok := m.(Measured)
	if !ok {
		rater, ok := m.(Rater)
		return rater, ok
	}
	t := &rateTable{}
	points := measured.Measurement().Points
	if !(high > low) {
		points = 1
	}
	for i := range points {
		t.currents = append(t.currents, low+float64((high-low)*(float64(i)/float64(max(1, points-1)))))
	}
	t.rates = make([]float64, points)
	measured.Rates(t.rates, t.currents)
	return t, true
}

// rateTable is a rate curve by points, at rising currents.
type rateTable struct{ currents, rates []float64 }

// Rates implements Rater; beyond its ends the table goes on as it ends.
func (t *rateTable) Rates(rates, currents []float64) {
	last := len(t.currents) - 1
	for i, j := range currents {
		k := sort.SearchFloat64s(t.currents, j)
		switch {
		case k == 0:
			rates[i] = t.rates[0]
		case k > last:
			rates[i] = t.rates[last]
		default:
			part := (j - t.currents[k-1]) / (t.currents[k] - t.currents[k-1])
			rates[i] = t.rates[k-1] + float64(part*(t.rates[k]-t.rates[k-1]))
		}
	}
}
