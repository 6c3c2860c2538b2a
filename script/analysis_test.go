package script_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"soma/plot"
	"soma/script"
	"soma/sim"
)

// completed loads a model and gives its panels what they show of the network.
func completed(t *testing.T, source string) (*script.Model, *sim.Simulator) {
	t.Helper()
	m := mustLoad(t, source, script.Options{})
	s, err := sim.New(m.Network, sim.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Complete(s); err != nil {
		t.Fatal(err)
	}
	for _, f := range m.Figures {
		if err := plot.Draw(&strings.Builder{}, "svg", f, nil); err != nil {
			t.Error(err)
		}
	}
	return m, s
}

// Some lists are known to be wrong only when the network is built.
func TestListsOfTheBuiltNetwork(t *testing.T) {
	m := mustLoad(t, `
model = Network("listed", seed = 3)
a = model.ensemble(9, dimensions = 3)
square = model.connect(a, a, name = "square")
model.probe(a, name = "a")
model.probe(a[0], name = "b")
simulate(0.1)
figure("right", lines("a", "b", labels = ["both", "first"]), lines("a", "b", labels = ["x", "y", "z", "first"]), tuning_curves(a, neurons = 2, labels = ["p", "q"]))
figure("wrong", lines("a", "b", labels = ["one"]),
    lines("a", labels = ["x", "y"]),
    tuning_curves(a, neurons = 2, labels = ["p"]),
    image(square, rows = ["x"]))
`, script.Options{})
	s, err := sim.New(m.Network, sim.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, line := range strings.Split(fmt.Sprint(m.Complete(s)), "\n") {
		_, after, _ := strings.Cut(line, ".star:")
		got = append(got, after)
	}
	want := []string{
		"9:33: lines.labels: 1 label for 4 curves; give one each",
		"10:16: lines.labels: 2 labels for 3 curves; give one each",
		"11:35: tuning_curves.labels: 1 label for 2 curves; give one each",
		"12:19: image.rows: 1 name for 3 rows; give one each",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func same(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-4*math.Abs(want)+1e-9 {
		t.Errorf("%s is %.6g, want %.6g", what, got, want)
	}
}

func TestPanelsShowTheBuiltNetwork(t *testing.T) {
	m, s := completed(t, `
model = Network("analysed", seed = 3)
line = model.ensemble(9, dimensions = 1, radius = 2, neuron = neuron.LIF(amplitude = 0.01))
plane = model.ensemble(40, dimensions = 2, intercepts = dist.uniform(-0.5, 0.5))
product = model.connect(plane, line, function = lambda x: x[0] * x[1])
both = model.connect(plane, plane)
square = model.connect(line, plane[0], function = lambda x: x * x)
simulate(0.1)
figure("f", tuning_curves(line), tuning_curves(plane, along = [3, 4], neurons = 10), response_curves(plane),
    tuning_curves(plane, neuron = 7), decoding_error(square), decoding_error(product), decoding_error(both), image(both))
`)
	line, plane := m.Network.Ensembles[0], m.Network.Ensembles[1]
	panels := m.Figures[0].Panels

	// Over a line: rates in hertz, without the amplitude, at points in the units of
	// what is represented; neurons in the order in which they begin to fire.
	curves := panels[0].Series
	if len(curves) != 9 || curves[0].X[0] != -2 || curves[0].X[200] != 2 {
		t.Fatalf("%d curves from %g", len(curves), curves[0].X[0])
	}
	at, _ := s.TuningCurves(line, [][]float64{{-2}, {2}})
	ends, total := 0.0, 0.0
	for i, c := range curves {
		ends += fired(c.Y[0]) + fired(c.Y[200])
		total += (at[0][i] + at[1][i]) / 0.01
	}
	same(t, "sum of the rates at the ends", ends, total)

	tuned, _ := s.Tuning(plane)
	at, _ = s.TuningCurves(plane, [][]float64{{-0.6, -0.8}, {0.6, 0.8}})
	matched, last := 0, math.Inf(-1)
	for _, c := range panels[1].Series {
		for i := range at[0] {
			if at[0][i]+at[1][i] > 0 && math.Abs(fired(c.Y[0])-at[0][i]) <= 1e-4*at[0][i] && math.Abs(fired(c.Y[200])-at[1][i]) <= 1e-4*at[1][i] && i%4 == 0 {
				begins := tuned.Intercepts[i] / (0.6*tuned.Encoders[i][0] + 0.8*tuned.Encoders[i][1])
				if begins < last {
					t.Errorf("neuron %d begins at %g, the one before it at %g", i, begins, last)
				}
				matched, last = matched+1, begins
				break
			}
		}
	}
	if len(panels[1].Series) != 10 || matched < 8 { // two neurons fire nowhere on the line
		t.Errorf("%d curves, %d of them of every fourth neuron", len(panels[1].Series), matched)
	}

	// Along their encoders, neurons fire beyond their intercepts and reach their
	// maximum rates.
	for k, c := range panels[2].Series {
		for i, x := range c.X {
			if (x < -0.51 && fired(c.Y[i]) != 0) || (x > 0.51 && fired(c.Y[i]) == 0) {
				t.Errorf("response curve %d is %g Hz at %g", k, c.Y[i], x)
			}
		}
		if high := c.Y[200]; high < 199 || high > 401 {
			t.Errorf("response curve %d ends at %g Hz", k, high)
		}
	}

	// Over the plane: the first row of the matrix is the upper one.
	at, _ = s.TuningCurves(plane, [][]float64{{-1, 1}, {0.5, -0.25}})
	same(t, "rate at the upper left", panels[3].Matrix[0][0], at[0][7])
	same(t, "rate inside", panels[3].Matrix[50][60], at[1][7])

	for k, conn := range map[int]int{4: 2, 5: 0} {
		d, _ := s.Decoding(m.Network.Connections[conn], nil)
		label := panels[k].Title
		if rmse, ok := strings.CutPrefix(label, "rmse "); !ok || math.Abs(number(t, rmse)/d.RMSE()[0]-1) > 0.01 {
			t.Errorf("panel %d says %q, the rmse is %g", k, label, d.RMSE()[0])
		}
	}
	if got := panels[6].Series; len(got) != 2 || !strings.HasPrefix(got[1].Label, "value 1, rmse 0.") || got[0].Style != plot.Points {
		t.Errorf("errors of two values: %d series", len(got))
	}
	d, _ := s.Decoding(m.Network.Connections[1], nil)
	if image := panels[7].Matrix; len(image) != 2 || len(image[0]) != 40 || image[1][13] != d.Decoders[13][1] {
		t.Error("the image does not show the decoders")
	}
}

// fired is a rate in a figure, where silence is a gap.
func fired(rate float64) float64 {
	if math.IsNaN(rate) {
		return 0
	}
	return rate
}

func number(t *testing.T, text string) float64 {
	t.Helper()
	var x float64
	if _, err := fmt.Sscan(text, &x); err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return x
}
