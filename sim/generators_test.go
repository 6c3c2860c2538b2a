package sim_test

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"soma"
	"soma/connect"
	"soma/neuron"
	"soma/sim"
)

const (
	genDt = 1e-4
	ms    = 1e-3
	pA    = 1e-12
)

// generated runs one generator population connected to cells, and gives what a
// probe of the cells records.
func generated(t *testing.T, generators int, model neuron.Model, cells *soma.Population, net *soma.Network, steps int, what string, connection soma.Connection) sim.Data {
	t.Helper()
	source := net.Population("generator", generators, model)
	conn := net.Connect(source, cells)
	conn.Rule, conn.Weight, conn.Delay = connection.Rule, connection.Weight, connection.Delay
	probe := net.Probe("probe", cells, what)
	s, err := sim.New(net, sim.Options{Dt: genDt})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Run(context.Background(), float64(steps)*genDt); err != nil {
		t.Fatal(err)
	}
	return s.Data(probe)
}

// A direct current is the constant current of a model, later by the delay, bit for
// bit where both neurons are stepped by the same loop.
func TestDcGeneratorIsAConstantCurrent(t *testing.T) {
	net := soma.New("dc", 1)
	constant := net.Population("constant", 1, neuron.IafPscAlpha{IE: 420 * pA, VMin: -1})
	voltage := net.Probe("V", constant, "V_m")
	driven := net.Population("driven", 1, neuron.IafPscAlpha{VMin: -1})
	got := generated(t, 1, neuron.DcGenerator{Amplitude: 840 * pA}, driven, net, 500, "V_m", soma.Connection{
		Rule: connect.OneToOne{}, Weight: connect.Constant(0.5), Delay: connect.Constant(7 * genDt),
	})
	s, err := sim.New(net, sim.Options{Dt: genDt})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Run(context.Background(), 0.05); err != nil {
		t.Fatal(err)
	}
	want := s.Data(voltage).Values
	if min := slices.Min(want[300:]); !(min < -0.0699) {
		t.Fatal("the neuron with the constant current does not fire")
	}
	if !slices.Equal(got.Values[7:], want[:493]) || slices.Max(got.Values[:7]) != -0.07 {
		t.Error("the voltages differ")
	}
}

// What reaches the inputs, step by step: times, weights, several generators,
// delay, start and stop.
func TestCurrentsReachTheInputs(t *testing.T) {
	steps := neuron.StepCurrentGenerator{
		AmplitudeTimes: []float64{2 * genDt, 5 * genDt}, AmplitudeValues: []float64{1, -2},
	}
	late := steps
	late.Start, late.Stop = 3*genDt, 7*genDt
	for _, c := range []struct {
		name       string
		generators int
		model      neuron.Model
		rule       connect.Rule
		weight     connect.Value
		want       [][]float64 // of the two targets, by step
	}{
		{"steps", 1, steps, connect.AllToAll{}, connect.Array{1, 10}, [][]float64{
			{0, 0, 0, 1, 1, 1, -2, -2, -2, -2}, {0, 0, 0, 10, 10, 10, -20, -20, -20, -20},
		}},
		{"a window", 2, late, connect.OneToOne{}, nil, [][]float64{
			{0, 0, 0, 0, 1, 1, -2, -2, 0, 0}, {0, 0, 0, 0, 1, 1, -2, -2, 0, 0},
		}},
		{"three generators", 3, neuron.DcGenerator{Amplitude: 2, Start: 4 * genDt}, connect.AllToAll{}, connect.Array{1, 1, 1, 1, 0, -2}, [][]float64{
			{0, 0, 0, 0, 0, 6, 6, 6, 6, 6}, {0, 0, 0, 0, 0, -2, -2, -2, -2, -2},
		}},
		{"listed", 3, neuron.DcGenerator{Amplitude: 2}, connect.Explicit{Pre: []int{2, 2}, Post: []int{1, 1}}, connect.Array{3, 4}, [][]float64{
			{0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, {0, 14, 14, 14, 14, 14, 14, 14, 14, 14},
		}},
	} {
		net := soma.New(c.name, 1)
		cells := net.Population("cells", 2, neuron.IafPscExp{})
		got := generated(t, c.generators, c.model, cells, net, 10, soma.Input, soma.Connection{
			Rule: c.rule, Weight: c.weight, Delay: connect.Constant(genDt),
		})
		for i, want := range c.want {
			if !slices.Equal(got.Column(i), want) {
				t.Errorf("%s: target %d receives %v, want %v", c.name, i, got.Column(i), want)
			}
		}
	}
}

// Every target has noise of its own, held for whole intervals; that of several
// generators adds up as independent noise does.
func TestNoiseGenerator(t *testing.T) {
	const targets, held, intervals = 40, 5, 400
	for _, c := range []struct {
		generators int
		rule       connect.Rule
		mean, std  float64
	}{
		{1, connect.AllToAll{}, 6, 10},
		{targets, connect.OneToOne{}, 6, 10},
		{9, connect.AllToAll{}, 54, 30},
	} {
		net := soma.New("noise", 4)
		cells := net.Population("cells", targets, neuron.IafPscExp{})
		got := generated(t, c.generators, neuron.NoiseGenerator{Mean: 3, Std: 5, Dt: held * genDt}, cells, net, 3+held*intervals, soma.Input, soma.Connection{
			Rule: c.rule, Weight: connect.Constant(2), Delay: connect.Constant(3 * genDt),
		})
		var sum, squares, cubes, neighbours, successors float64
		previous := make([]float64, targets)
		for k := range intervals {
			row := got.Values[(3+k*held)*targets : (4+k*held)*targets]
			for j := 1; j < held; j++ {
				if !slices.Equal(got.Values[(3+k*held+j)*targets:(4+k*held+j)*targets], row) {
					t.Fatalf("the noise changes within interval %d", k)
				}
			}
			for i, x := range row {
				z := (x - c.mean) / c.std
				sum, squares, cubes = sum+z, squares+z*z, cubes+z*z*z
				neighbours += z * (row[(i+1)%targets] - c.mean) / c.std
				successors += z * previous[i]
				previous[i] = z
			}
		}
		n := math.Sqrt(targets * intervals)
		for name, z := range map[string]float64{
			"mean": sum / n, "variance": (squares - n*n) / n / math.Sqrt2, "skewness": cubes / n / math.Sqrt(15),
			"correlation of targets": neighbours / n, "correlation in time": successors / n,
		} {
			if math.Abs(z) > 4 {
				t.Errorf("%d generators: the %s is %.1f standard errors off", c.generators, name, z)
			}
		}
		if slices.Max(got.Values[:3*targets]) != 0 {
			t.Errorf("%d generators: noise arrives before the delay", c.generators)
		}
	}
}

// relay is a neuron that fires in each step in which a spike arrives.
func relay(net *soma.Network, n int) *soma.Population {
	return net.Population("relay", n, neuron.IafPscDelta{TRef: neuron.Zero})
}

var relayed = connect.Constant(0.1) // V, far above threshold

// The trains follow the rate and are independent between targets: in each step
// the targets that fire are binomial.
func TestInhomogeneousPoissonFollowsTheRate(t *testing.T) {
	const targets, steps, delay = 400, 3000, 15
	rates := []float64{200, 0, 900, 50}
	rate := func(step int) float64 { // of the step from step to step + 1
		if step < 100+delay {
			return 0
		}
		return rates[min((step-100-delay)/700, 3)]
	}
	model := neuron.InhomogeneousPoissonGenerator{RateTimes: []float64{0.01, 0.08, 0.15, 0.22}, RateValues: rates}
	for _, generators := range []int{1, 3} {
		net := soma.New("rates", 2)
		got := generated(t, generators, model, relay(net, targets), net, steps, soma.Spikes, soma.Connection{
			Rule: connect.AllToAll{}, Weight: relayed, Delay: connect.Constant(delay * genDt),
		})
		counts := make([]float64, steps)
		for _, step := range got.Steps {
			counts[step-1]++
		}
		var scatter, firing float64
		off, variance := map[float64]float64{}, map[float64]float64{}
		for step, n := range counts {
			r := rate(step)
			p := -math.Expm1(-float64(generators) * r * genDt)
			if p == 0 {
				if n > 0 {
					t.Fatalf("%g targets fire in step %d", n, step+1)
				}
				continue
			}
			off[r] += n - targets*p
			variance[r] += targets * p * (1 - p)
			scatter += (n - targets*p) * (n - targets*p) / (targets * p * (1 - p))
			firing++
		}
		for r := range off {
			if z := off[r] / math.Sqrt(variance[r]); math.Abs(z) > 4 {
				t.Errorf("%d generators: the spikes at %g Hz are %.1f standard errors off", generators, r, z)
			}
		}
		if z := (scatter - firing) / math.Sqrt(2.3*firing); math.Abs(z) > 4 {
			t.Errorf("%d generators: the spread between targets is %.1f standard errors off", generators, z)
		}
	}
}

// A train starts and stops on time: at 500 spikes per step none is silent.
func TestPoissonWindow(t *testing.T) {
	net := soma.New("window", 2)
	got := generated(t, 1, neuron.PoissonGenerator{Rate: 100 / genDt, Start: 5 * genDt, Stop: 9 * genDt}, relay(net, 2), net, 30, soma.Spikes, soma.Connection{
		Rule: connect.AllToAll{}, Weight: relayed, Delay: connect.Constant(2 * genDt),
	})
	if want := []int64{8, 8, 9, 9, 10, 10, 11, 11}; !slices.Equal(got.Steps, want) {
		t.Errorf("spikes in the steps %v, want %v", got.Steps, want)
	}
}

// Positions, kernels, and delays by distance in a whole network: a spike that
// spreads over a ring arrives when distance and velocity say, on any number of
// threads.
func TestSpreadOverARing(t *testing.T) {
	const n, velocity = 2400, 0.2 // m/s
	run := func(threads int) sim.Data {
		net := soma.New("ring", 1)
		ring := connect.Grid{Extent: []float64{n * 1e-6}, Periodic: true} // m
		center := net.Population("center", 1, neuron.SpikeGenerator{SpikeTimes: []float64{genDt}})
		center.Positions = connect.Points{Coordinates: [][]float64{{0}}, Extent: ring.Extent, Periodic: true}
		cells := relay(net, n)
		cells.Positions = ring
		conn := net.Connect(center, cells)
		conn.Rule, conn.Weight = connect.Spatial{Kernel: connect.Box{Peak: 1, Radius: 900e-6}}, relayed
		conn.Delay = connect.ByDistance{Profile: connect.Linear{Base: 1e-3, Slope: 1 / velocity}}
		probe := net.Probe("spikes", cells)
		s, err := sim.New(net, sim.Options{Dt: genDt, Threads: threads})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Run(context.Background(), 0.01); err != nil {
			t.Fatal(err)
		}
		return s.Data(probe)
	}
	got := run(1)
	if len(got.IDs) != 1800 {
		t.Errorf("%d neurons fire, want 1800", len(got.IDs))
	}
	for k, id := range got.IDs {
		d := math.Abs((float64(id) + 0.5 - n/2) * 1e-6)
		late := math.Abs(float64(got.Steps[k]-1) - (1e-3+d/velocity)/genDt)
		if late > 0.5+1e-9 {
			t.Fatalf("neuron %d at %g m fires in step %d", id, d, got.Steps[k])
		}
	}
	if two := run(2); !slices.Equal(two.IDs, got.IDs) || !slices.Equal(two.Steps, got.Steps) {
		t.Error("two threads give other spikes than one")
	}
}

func TestGeneratorErrors(t *testing.T) {
	for _, c := range []struct {
		model      neuron.Model
		connection soma.Connection
		want       string
	}{
		{neuron.NoiseGenerator{Std: 1}, soma.Connection{Rule: connect.Bernoulli{P: 0.5}, Delay: relayed}, "rule: a noise_generator reaches its targets all to all"},
		{neuron.NoiseGenerator{Std: 1}, soma.Connection{Rule: connect.AllToAll{}, Weight: connect.Uniform{High: 1}, Delay: relayed}, "weight: the weights of a noise_generator vary; give one number"},
		{neuron.NoiseGenerator{Std: 1, Dt: 0.25e-3}, soma.Connection{Rule: connect.AllToAll{}, Delay: relayed}, "neuron.dt: 250 us is no multiple of the step of 100 us; give 300 us"},
		{neuron.DcGenerator{}, soma.Connection{Rule: connect.AllToAll{}, Delay: connect.Uniform{Low: 1e-3, High: 2e-3}}, "delay: the delays of a current vary; give one number"},
		{neuron.DcGenerator{}, soma.Connection{Rule: connect.AllToAll{}, Delay: relayed, Receptor: "ex"}, "receptor: a current goes to the neurons' input"},
		{neuron.DcGenerator{Start: 2, Stop: 1}, soma.Connection{Rule: connect.AllToAll{}, Delay: relayed}, "neuron.stop: 1 s comes before the start at 2 s"},
		{neuron.PoissonGenerator{Rate: 1, Start: 1}, soma.Connection{Rule: connect.AllToAll{}, Weight: relayed, Delay: connect.Uniform{Low: 1e-3, High: 2e-3}}, "delay: the delays of trains that start or change vary"},
		{neuron.InhomogeneousPoissonGenerator{RateTimes: []float64{1}}, soma.Connection{Rule: connect.AllToAll{}, Weight: relayed, Delay: relayed}, "neuron.rate_values: 0 values for 1 times"},
		{neuron.SpikeGenerator{}, soma.Connection{Rule: connect.Spatial{Kernel: connect.Box{Peak: 1, Radius: 1}}, Weight: relayed, Delay: relayed}, "rule: the sources and the targets have no positions"},
		{neuron.SpikeGenerator{}, soma.Connection{Rule: connect.AllToAll{}, Weight: relayed, Delay: connect.ByDistance{Profile: connect.Linear{}}}, "delay: the sources and the targets have no positions"},
		{neuron.SpikeGenerator{}, soma.Connection{Rule: connect.AllToAll{}, Weight: connect.ByDistance{Profile: connect.Linear{}}, Delay: relayed}, "weight: the sources and the targets have no positions"},
	} {
		net := soma.New("wrong", 1)
		conn := net.Connect(net.Population("generator", 2, c.model), net.Population("cells", 3, neuron.IafPscExp{}))
		conn.Rule, conn.Weight, conn.Delay, conn.Receptor = c.connection.Rule, c.connection.Weight, c.connection.Delay, c.connection.Receptor
		_, err := sim.New(net, sim.Options{Dt: genDt})
		if list := soma.AsErrors(err); len(list) != 1 || !strings.Contains(list[0].Error(), c.want) {
			t.Errorf("%T: errors %v, want %q", c.model, err, c.want)
		}
	}
}
