package examples_test

import (
	"math"
	"testing"

	"soma/validation"
)

// nengo is what Nengo gives for a network: mean and standard deviation of some
// measures over a number of seeds.
type nengo struct {
	Seeds    int
	Mean, SD []float64
}

// seeded runs a model file with several seeds and measures each.
func seeded(t *testing.T, file string, set map[string]string, seeds int, measure func(result) []float64) (means, sd []float64) {
	t.Helper()
	var runs [][]float64
	for seed := range seeds {
		runs = append(runs, measure(runSeed(t, file, set, uint64(seed+1))))
	}
	for k := range runs[0] {
		var column []float64
		for _, run := range runs {
			column = append(column, run[k])
		}
		m, squares := mean(column), 0.0
		for _, x := range column {
			squares += (x - m) * (x - m)
		}
		means, sd = append(means, m), append(sd, math.Sqrt(squares/float64(max(1, seeds-1))))
	}
	return means, sd
}

// lowpass is what a value becomes on its way through a synapse.
func lowpass(u []float64, tau float64) []float64 {
	y, a := make([]float64, len(u)), math.Exp(-1e-3/tau)
	for i := range u[1:] {
		y[i+1] = a*y[i] + (1-a)*u[i]
	}
	return y
}

func rms(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v * v
	}
	return math.Sqrt(sum / float64(len(x)))
}

func difference(a, b []float64) []float64 {
	d := make([]float64, len(a))
	for i := range d {
		d[i] = a[i] - b[i]
	}
	return d
}

func square(x []float64) []float64 {
	y := make([]float64, len(x))
	for i := range y {
		y[i] = x[i] * x[i]
	}
	return y
}

// The measures; those of validation/nengo/examples.py.

func channelError(r result) []float64 {
	want := lowpass(lowpass(r.column("input", 0), 0.01), 0.01)
	return []float64{rms(difference(r.column("received", 0), want)[100:])}
}

func squareError(r result) []float64 {
	want := lowpass(lowpass(square(r.column("x", 0)), 0.01), 0.02)
	return []float64{rms(difference(r.column("represented square", 0), want)[100:])}
}

// turning is the number of turns per second, and the radius.
func turning(r result) []float64 {
	x, y := r.column("x", 0)[1000:], r.column("x", 1)[1000:]
	turned, radius := 0.0, math.Hypot(x[0], y[0])
	for i := range x[1:] {
		turned += math.Remainder(math.Atan2(y[i+1], x[i+1])-math.Atan2(y[i], x[i]), 2*math.Pi)
		radius += math.Hypot(x[i+1], y[i+1])
	}
	return []float64{turned / (2 * math.Pi * 3.999), radius / float64(len(x))}
}

func remembered(r result) []float64 {
	x := r.column("memory", 0)
	return []float64{mean(x[600:800]), mean(x[1300:1500]), mean(x[1900:2200])}
}

// spread is the standard deviation of each dimension.
func spread(r result) (sd []float64) {
	for k := range 3 {
		x := r.column("state", k)[2000:]
		m := mean(x)
		for i := range x {
			x[i] -= m
		}
		sd = append(sd, rms(x))
	}
	return sd
}

var compared = []struct {
	name, file string
	set        map[string]string
	seeds      int
	measure    func(result) []float64
}{
	{"channel 25", "communication_channel.star", map[string]string{"n": "25"}, 20, channelError},
	{"channel 100", "communication_channel.star", nil, 20, channelError},
	{"channel 400", "communication_channel.star", map[string]string{"n": "400"}, 6, channelError},
	{"squaring", "squaring.star", nil, 20, squareError},
	{"oscillator", "oscillator.star", nil, 5, turning},
	{"integrator", "controlled_integrator.star", nil, 5, remembered},
	{"product", "learned_product.star", nil, 4, productError},
	{"adaptive control", "adaptive_control.star", nil, 4, controlError},
}

// Networks do what they do in Nengo, as far as random numbers let one say: means
// over seeds differ by less than four standard errors. The table of the text shows
// them.
func TestNetworksDoWhatTheyDoInNengo(t *testing.T) {
	var reference map[string]nengo
	validation.JSON(t, "nengo/examples.json", &reference)
	rows := table(t, read(t, "nef/README.md"), "nengo")
	for _, c := range compared {
		want := reference[c.name]
		got, sd := seeded(t, c.file, c.set, c.seeds, c.measure)
		if len(want.Mean) == 0 || len(rows) < len(want.Mean) {
			t.Fatalf("%s: %d measures, %d rows are left", c.name, len(want.Mean), len(rows))
		}
		for k := range want.Mean {
			one, other := want.SD[k]*want.SD[k]/float64(want.Seeds), sd[k]*sd[k]/float64(c.seeds)
			if off := math.Abs(got[k] - want.Mean[k]); !(off <= 4*math.Sqrt(one+other)) {
				t.Errorf("%s: measure %d is %.4g ± %.2g, in Nengo %.4g ± %.2g", c.name, k, got[k], sd[k], want.Mean[k], want.SD[k])
			}
			shows(t, rows[k][2], got[k])
			shows(t, rows[k][3], want.Mean[k])
		}
		rows = rows[len(want.Mean):]
	}
	if len(rows) > 0 {
		t.Errorf("%d rows too many", len(rows))
	}
}

// The Lorenz equations, solved by the fourth-order method of Runge and Kutta.
func lorenz(seconds float64) (states [][3]float64) {
	const dt = 1e-3
	flow := func(s [3]float64) [3]float64 {
		x, y, z := s[0], s[1], s[2]
		return [3]float64{10 * (y - x), x*(28-z) - y, x*y - 8.0/3*z}
	}
	along := func(s, d [3]float64, by float64) [3]float64 {
		for k := range s {
			s[k] += by * d[k]
		}
		return s
	}
	s := [3]float64{1, 1, 24}
	for range int(seconds / dt) {
		k1 := flow(s)
		k2 := flow(along(s, k1, dt/2))
		k3 := flow(along(s, k2, dt/2))
		k4 := flow(along(s, k3, dt))
		for k := range s {
			s[k] += dt / 6 * (k1[k] + 2*k2[k] + 2*k3[k] + k4[k])
		}
		states = append(states, s)
	}
	return states
}

// No two runs of a chaotic system agree for long, but they spread over the same
// attractor: as wide in every direction as the equations, with many changes from
// one wing to the other.
func TestLorenzAttractor(t *testing.T) {
	r := run(t, "lorenz.star", nil, 0)
	states := lorenz(200)
	for k, sd := range spread(r) {
		var exact []float64
		for _, s := range states[2000:] {
			exact = append(exact, s[k])
		}
		m := mean(exact)
		for i := range exact {
			exact[i] -= m
		}
		t.Logf("dimension %d: %.3g, by the equations %.3g", k, sd, rms(exact))
		near(t, "spread of dimension "+string("xyz"[k]), sd, rms(exact), 0.07)
	}
	changes, x := 0, r.column("state", 0)
	side := 1.0
	for _, v := range x {
		if v*side < -3 {
			changes, side = changes+1, -side
		}
	}
	if changes < 8 {
		t.Errorf("%d changes between the wings in 20 s", changes)
	}
}
