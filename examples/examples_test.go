package examples_test

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"soma"
	"soma/neuron"
	"soma/plot"
	"soma/script"
	"soma/signal"
	"soma/sim"
)

// A result is a model file that has been simulated.
type result struct {
	*script.Model
	data map[string]sim.Data // by probe
	time float64             // simulated, s
}

// run simulates a model file in steps of dt, or its own when dt is 0.
func run(t *testing.T, file string, set map[string]string, dt float64) result {
	t.Helper()
	return runFor(t, file, set, dt, 0)
}

// runSeed simulates a model file with a seed.
func runSeed(t *testing.T, file string, set map[string]string, seed uint64) result {
	t.Helper()
	return runWith(t, file, script.Options{Set: set, Seed: &seed}, 0, 0)
}

// runFor simulates a model file for a time, or its own when that is 0.
func runFor(t *testing.T, file string, set map[string]string, dt, time float64) result {
	t.Helper()
	return runWith(t, file, script.Options{Set: set}, dt, time)
}

func runWith(t *testing.T, file string, opts script.Options, dt, time float64) result {
	t.Helper()
	model, err := script.Load(file, opts)
	if err != nil {
		t.Fatal(err)
	}
	return simulate(t, model, dt, time)
}

func simulate(t *testing.T, model *script.Model, dt, time float64) result {
	t.Helper()
	if dt == 0 {
		dt = model.Dt
	}
	if time == 0 {
		time = model.Time
	}
	s, err := sim.New(model.Network, sim.Options{Dt: dt})
	if err != nil {
		t.Fatal(err)
	}
	if err := model.Complete(s); err != nil {
		t.Fatal(err)
	}
	if err := s.Run(context.Background(), time); err != nil {
		t.Fatal(err)
	}
	r := result{model, map[string]sim.Data{}, s.Time()}
	for _, p := range model.Network.Probes {
		r.data[p.Name] = s.Data(p)
	}
	return r
}

// Values and Spikes make the result something that figures can be drawn of.
func (r result) Values(probe string) (plot.Values, error) {
	d := r.data[probe]
	return plot.Values{T: d.Times, Rows: d.Values, Width: d.Width}, nil
}

func (r result) Spikes(probe string) (plot.Spikes, error) {
	d := r.data[probe]
	return plot.Spikes{Times: d.Times, IDs: d.IDs, Exact: d.Exact, Neurons: d.Width, Duration: r.time}, nil
}

// column is one dimension of a value probe over time.
func (r result) column(probe string, k int) []float64 {
	d := r.data[probe]
	return d.Column(k)
}

// rates are those of a probe's neurons, from exact intervals, Hz.
func (r result) rates(probe string) []float64 {
	spikes, _ := r.Spikes(probe)
	return plot.Rates(spikes)
}

// large are the examples that are too large for a test: how they are made small.
var large = map[string]struct {
	set  map[string]string
	time float64 // s
}{
	"brunel.star":                {set: map[string]string{"N": "2500"}},
	"coba.star":                  {time: 0.02},
	"list_memory.star":           {set: map[string]string{"dimensions": "16"}, time: 0.2},
	"lorenz.star":                {set: map[string]string{"n": "300"}, time: 1},
	"mackey_glass.star":          {set: map[string]string{"n": "100"}, time: 1},
	"microcircuit.star":          {set: map[string]string{"scale": "0.05"}, time: 0.1},
	"n_back.star":                {set: map[string]string{"dimensions": "16"}, time: 0.2},
	"question_answering.star":    {set: map[string]string{"dimensions": "16"}, time: 0.2},
	"circular_convolution.star":  {set: map[string]string{"dimensions": "16"}, time: 0.2},
	"inhibitory_plasticity.star": {time: 0.05},
	"unsupervised_digits.star":   {set: map[string]string{"images": "50"}},
	"homeostasis.star":           {set: map[string]string{"time": "1"}},
	"conditioning.star":          {set: map[string]string{"time": "1"}},
	"clopath.star":               {set: map[string]string{"bursts": "1"}},
	"stdp.star":                  {set: map[string]string{"time": "1"}},
	"hpc_benchmark.star":         {set: map[string]string{"scale": "0.02"}, time: 0.03},
}

func TestEveryExampleRunsAndDraws(t *testing.T) {
	files, err := filepath.Glob("*.star")
	if err != nil || len(files) < 13 {
		t.Fatalf("%d examples, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(file, func(t *testing.T) {
			r := runFor(t, file, large[file].set, 0, large[file].time)
			if len(r.Figures) == 0 {
				t.Error("no figures")
			}
			for _, figure := range r.Figures {
				var svg strings.Builder
				if err := plot.Draw(&svg, "svg", figure, r); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

// A membrane has what the closed forms need, in SI units.
type membrane struct{ C, R, threshold, refractory float64 }

var standard = membrane{C: 1e-9, R: 20e6, threshold: 20e-3, refractory: 2e-3}

func (m membrane) ifRate(current float64) float64 {
	return current / (m.C*m.threshold + m.refractory*current)
}

func (m membrane) lifRate(current float64) float64 {
	if current <= m.threshold/m.R {
		return 0
	}
	return 1 / (m.refractory - m.R*m.C*math.Log(1-m.threshold/(m.R*current)))
}

// The simulated rates and the curves of the figures are the closed forms, at
// every current and with every step, also one longer than the refractory period.
func TestRatesAreTheClosedForms(t *testing.T) {
	type forms []func(float64) float64 // of the curves in a panel
	with := func(change func(*membrane)) membrane {
		m := standard
		change(&m)
		return m
	}
	heavy := with(func(m *membrane) { m.C, m.refractory = 2e-9, 0 })
	tight := with(func(m *membrane) { m.R, m.refractory = 50e6, 4e-3 })
	for _, c := range []struct {
		file string
		set  map[string]string
		want forms
	}{
		{"if_curve.star", nil, forms{standard.ifRate}},
		{"if_curve.star", map[string]string{"C": "2nF", "t_ref": "0"}, forms{heavy.ifRate}},
		{"lif_curve.star", nil, forms{standard.lifRate}},
		{"lif_curve.star", map[string]string{"R": "50MOhm", "t_ref": "4ms"}, forms{tight.lifRate}},
		{"lif_approaches_if.star", nil, forms{standard.ifRate, standard.lifRate}},
		{"refractory_limit.star", nil, forms{
			standard.lifRate,
			with(func(m *membrane) { m.refractory = 4e-3 }).lifRate,
			with(func(m *membrane) { m.refractory = 8e-3 }).lifRate,
		}},
	} {
		for _, dt := range []float64{0, 1e-4, 5e-3} {
			r := run(t, c.file, c.set, dt)
			for _, panel := range r.Figures[0].Panels {
				points, curves := 0, 0
				for _, s := range panel.Series {
					switch {
					case s.Rates != "":
						compare(t, c.file+", "+s.Rates, s.X, r.rates(s.Rates), c.want[points])
						points++
					case s.Style == plot.Line:
						compare(t, c.file+", curve", s.X, s.Y, c.want[curves])
						curves++
					}
				}
				if points != len(c.want) || curves != len(c.want) {
					t.Errorf("%s: %d sets of points and %d curves, want %d", c.file, points, curves, len(c.want))
				}
			}
		}
	}
}

func compare(t *testing.T, what string, currents, rates []float64, closed func(float64) float64) {
	t.Helper()
	for i, current := range currents {
		if want := closed(current); math.Abs(rates[i]-want) > 1e-9*want {
			t.Errorf("%s: %.12g Hz at %g A, want %.12g", what, rates[i], current, want)
		}
	}
}

func TestSilentUpToTheThresholdCurrent(t *testing.T) {
	r := run(t, "lif_curve.star", nil, 0)
	series := r.Figures[0].Panels[0].Series
	i := slices.IndexFunc(series, func(s plot.Series) bool { return s.Rates != "" })
	currents, fired := series[i].X, map[int64]bool{}
	for _, id := range r.data["spikes"].IDs {
		fired[id] = true
	}
	for id, current := range currents {
		if want := current > 1e-9; fired[int64(id)] != want {
			t.Errorf("neuron with %g A fires: %t", current, !want)
		}
	}
}

func TestRefractoryLimit(t *testing.T) {
	r := run(t, "refractory_limit.star", nil, 0)
	for name, period := range map[string]float64{"2 ms": 2e-3, "4 ms": 4e-3, "8 ms": 8e-3} {
		rates := r.rates(name)
		if !slices.IsSorted(rates) {
			t.Errorf("%s: the rates do not rise: %v", name, rates)
		}
		strongest := rates[len(rates)-1] * period
		if strongest >= 1 || strongest < 0.8 {
			t.Errorf("%s: the strongest current gives %.3g of the limit", name, strongest)
		}
		last := map[int64]float64{}
		for i, id := range r.data[name].IDs {
			at := r.data[name].Exact[i]
			if before, ok := last[id]; ok && at-before < period {
				t.Errorf("%s: neuron %d fires %g s after its last spike", name, id, at-before)
			}
			last[id] = at
		}
	}
}

func TestWhyTheLeak(t *testing.T) {
	for gap, fires := range map[string]bool{"340ms": false, "400ms": false, "0.9ms": false, "0.8ms": true} {
		r := run(t, "why_the_leak.star", map[string]string{"gap": gap}, 0)
		second := 52e-3 + r.Params[0].Value.(float64)
		perfect, leaky := r.data["IF"].Exact, r.data["LIF"].Exact
		if len(perfect) != 1 || perfect[0] < second-1e-4 || perfect[0] > second+2e-3 {
			t.Errorf("gap %s: the IF neuron fires at %v, want once in the second pulse, from %g", gap, perfect, second)
		}
		if (len(leaky) > 0) != fires {
			t.Errorf("gap %s: the LIF neuron fires at %v", gap, leaky)
		}
	}
	r := run(t, "why_the_leak.star", nil, 0)
	for _, c := range []struct {
		probe       string
		at, voltage float64
	}{
		{"IF voltage", 60e-3, 15e-3},
		{"IF voltage", 390e-3, 15e-3},
		{"IF voltage", 450e-3, 3e-3},
		{"LIF voltage", 51.9e-3, 14.27e-3},
		{"LIF voltage", 391.9e-3, 0},
		{"LIF voltage", 393.9e-3, 7.61e-3},
	} {
		step := int(math.Round(c.at / r.Dt))
		if got := r.data[c.probe].Values[step-1]; math.Abs(got-c.voltage) > 0.01e-3 {
			t.Errorf("%s is %.4g V at %g s, want %g", c.probe, got, c.at, c.voltage)
		}
	}
}

func TestSingleNeuron(t *testing.T) {
	r := run(t, "single_neuron.star", nil, 0)
	if n := len(r.data["spikes"].Times); n != 53 && n != 54 {
		t.Errorf("%d spikes, want 53 or 54", n)
	}
	decoded := r.data["decoded"].Values
	if peak := slices.Max(decoded); math.Abs(peak-0.86) > 0.1 {
		t.Errorf("the decoded output has its peak at %.3g, want 0.86", peak)
	}
	if least := slices.Min(decoded); least < 0 {
		t.Errorf("the decoded output falls to %.3g", least)
	}
	// The half wave: a fair part of the crest, and nothing in the trough.
	if crest := mean(decoded[735:835]); math.Abs(crest-0.55) > 0.05 {
		t.Errorf("the decoded output is %.3g around the crest of the cosine, want 0.55", crest)
	}
	if trough := slices.Max(decoded[340:545]); trough > 1e-3 {
		t.Errorf("the decoded output reaches %.3g in the trough of the cosine", trough)
	}
}

func mean(v []float64) float64 {
	sum := 0.0
	for _, x := range v {
		sum += x
	}
	return sum / float64(len(v))
}

// deviation is the root-mean-square difference of the decoded output to the
// cosine of 15 ms before, from 0.1 s on.
func (r result) deviation() float64 {
	var squares []float64
	d := r.data["decoded"]
	for i, at := range d.Times {
		if at > 0.1 {
			squares = append(squares, math.Pow(d.Values[i]-math.Cos(8*(at-0.015)), 2))
		}
	}
	return math.Sqrt(mean(squares))
}

func TestManyNeuronsFollowTheWholeWave(t *testing.T) {
	decoded := run(t, "many_neurons.star", nil, 0).data["decoded"].Values
	if low, high := slices.Min(decoded), slices.Max(decoded); math.Abs(low+1) > 0.1 || math.Abs(high-1) > 0.1 {
		t.Errorf("the decoded output spans %.3g to %.3g, want −1 to 1", low, high)
	}
}

// euler is the rate that a naive program gives: Euler's method, spikes at the
// ends of steps, the refractory period in whole steps.
func euler(m membrane, current, dt, seconds float64) float64 {
	v, first, last, spikes := 0.0, 0, 0, 0
	pause := int(math.Round(m.refractory / dt))
	for step, wait := 1, 0; step <= int(math.Round(seconds/dt)); step++ {
		if wait > 0 {
			wait--
			continue
		}
		v += dt * (current - v/m.R) / m.C
		if v >= m.threshold {
			if spikes == 0 {
				first = step
			}
			v, wait, last, spikes = 0, pause, step, spikes+1
		}
	}
	return float64(spikes-1) / (float64(last-first) * dt)
}

// What the text says of soma's own rates at the currents of the table.
func TestDeviationOfTheText(t *testing.T) {
	currents := []float64{1.1e-9, 5e-9, 20e-9}
	net := soma.New("rates", 1)
	cells := net.Population("cells", len(currents), neuron.LeakyIF{TauRef: standard.refractory})
	net.Connect(net.Node("drive", signal.Constant(currents)), cells)
	spikes := net.Probe("spikes", cells)
	for _, dt := range []float64{5e-3, 1e-3, 1e-4, 1e-5} {
		s, err := sim.New(net, sim.Options{Dt: dt})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Run(context.Background(), 2); err != nil {
			t.Fatal(err)
		}
		r := result{data: map[string]sim.Data{"spikes": s.Data(spikes)}, time: s.Time()}
		for i, rate := range r.rates("spikes") {
			if off := math.Abs(rate/standard.lifRate(currents[i]) - 1); off > 1e-14 {
				t.Errorf("dt %g, %g A: the rate deviates by %.1e, the text says less than 1e-14", dt, currents[i], off)
			}
		}
	}
}

// The numbers in the tables of the text.
func TestTablesOfTheText(t *testing.T) {
	currents := []float64{1.1e-9, 5e-9, 20e-9}
	for _, doc := range []string{"lif.md", "lif.zh.md"} {
		text := read(t, doc)
		for _, row := range table(t, text, "rates") {
			nanoampere, _ := number(row[0])
			shows(t, row[1], standard.ifRate(nanoampere*1e-9))
			shows(t, row[2], standard.lifRate(nanoampere*1e-9))
		}
		for _, row := range table(t, text, "euler") {
			for i, current := range currents {
				want := standard.lifRate(current)
				if step, ok := number(row[0]); ok {
					want = euler(standard, current, step*1e-3, 2)
				}
				shows(t, row[i+1], want)
			}
		}
		for _, row := range table(t, text, "neurons") {
			r := run(t, "many_neurons.star", map[string]string{"neurons": row[0]}, 0)
			shows(t, row[1], r.deviation())
		}
	}
}

// The text's edit of the single neuron is the model of many_neurons.star.
func TestEditOfTheText(t *testing.T) {
	file, err := os.ReadFile("single_neuron.star")
	if err != nil {
		t.Fatal(err)
	}
	source, want := string(file), run(t, "many_neurons.star", nil, 0).data["decoded"].Values
	begin, end := strings.Index(source, "cell = "), strings.Index(source, "stimulus = ")
	for _, doc := range []string{"lif.md", "lif.zh.md"} {
		edits := blocks(read(t, doc), "edit: examples/single_neuron.star")
		if len(edits) != 1 {
			t.Fatalf("%s has %d edits of single_neuron.star", doc, len(edits))
		}
		edited := filepath.Join(t.TempDir(), "edited.star")
		if err := os.WriteFile(edited, []byte(source[:begin]+edits[0].code+source[end:]), 0o644); err != nil {
			t.Fatal(err)
		}
		if got := run(t, edited, nil, 0).data["decoded"].Values; !slices.Equal(got, want) {
			t.Errorf("%s: the edited model gives other results than many_neurons.star", doc)
		}
	}
}
