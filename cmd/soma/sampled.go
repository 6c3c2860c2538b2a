package main

import (
	"fmt"
	"math"

	"soma"
	"soma/internal/param"
	"soma/sim"
)

// mostSynapses is how many synapses of a connection are looked at, and
// shownSynapses how many are shown.
const (
	mostSynapses  = 5_000_000
	shownSynapses = 3
)

// sampled shows what a rule has drawn: degrees, weights, delays, and a few
// synapses.
func (r *overview) sampled(conn *soma.Connection) {
	unit := receptorOf(conn).Unit
	var in, out degrees
	var weights, delays moments
	var first string
	n := 0
	for s := range r.built.SynapsesOf(conn) {
		if n++; n > mostSynapses {
			break
		}
		in, out = in.add(s.Target), out.add(s.Source)
		weights.add(s.Weight)
		delays.add(s.Delay)
		if n <= shownSynapses {
			first += separator(first) + arrow(s, unit)
		}
	}
	if n == 0 {
		return
	}
	r.titled(conn.Path(), "connection", conn.Pos)
	rows := [][]string{
		{"indegrees", in.String(), ""},
		{"outdegrees", out.String(), ""},
		{"weights", weights.text(unit), ""},
		{"delays", delays.text("s"), ""},
		{"synapses", first + ", …", ""},
	}
	if n > mostSynapses {
		rows[0][0], rows[1][0] = "indegrees*", "outdegrees*"
		rows = append(rows, []string{"* of", "the first " + grouped(mostSynapses) + " synapses", ""})
	}
	r.lines(rows)
}

func arrow(s sim.Synapse, unit string) string {
	return fmt.Sprintf("%d → %d (%s, %s)", s.Source, s.Target, param.Quantity(s.Weight, unit), param.Quantity(s.Delay, "s"))
}

func separator(before string) string {
	if before == "" {
		return ""
	}
	return ", "
}

// degrees counts synapses by neuron, of the neurons that have any.
type degrees map[int]int

func (d degrees) add(neuron int) degrees {
	if d == nil {
		d = degrees{}
	}
	d[neuron]++
	return d
}

// String gives the range and the mean.
func (d degrees) String() string {
	least, most, total := math.MaxInt, 0, 0
	for _, n := range d {
		least, most, total = min(least, n), max(most, n), total+n
	}
	return fmt.Sprintf("%d to %d, mean %s, of %s", least, most, digits(float64(total)/float64(len(d)), 4), count(len(d), "neuron"))
}

// moments is the moments and the range of some numbers.
type moments struct{ n, sum, squares, low, high float64 }

func (s *moments) add(x float64) {
	if s.n == 0 {
		s.low, s.high = x, x
	}
	s.n, s.sum, s.squares = s.n+1, s.sum+x, s.squares+x*x
	s.low, s.high = min(s.low, x), max(s.high, x)
}

func (s *moments) text(unit string) string {
	if s.low == s.high {
		return param.Quantity(s.low, unit)
	}
	mean := s.sum / s.n
	deviation := math.Sqrt(max(0, s.squares/s.n-mean*mean))
	return fmt.Sprintf("%s to %s, mean %s, deviation %s", param.Quantity(s.low, unit), param.Quantity(s.high, unit),
		param.Quantity(mean, unit), param.Quantity(deviation, unit))
}
