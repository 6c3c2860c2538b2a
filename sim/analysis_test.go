package sim_test

import (
	"math"
	"strings"
	"testing"

	"soma"
	"soma/dist"
	"soma/neuron"
	"soma/sim"
	"soma/validation"
)

// An analysed ensemble, given in full, and what Nengo says of it.
type analysed struct {
	Neuron, Function  string
	Amplitude, Radius float64
	Encoders          [][]float64
	MaxRates          []float64   `json:"max_rates"`
	Intercepts        []float64   `json:"intercepts"`
	EvalPoints        [][]float64 `json:"eval_points"`

	At, Tuning               [][]float64
	Along                    []float64
	Response                 [][]float64
	Points, Targets, Decoded [][]float64
	Decoders                 [][]float64
	RMSE                     []float64
}

func (c analysed) build(t *testing.T) (*sim.Simulator, *soma.Ensemble, *soma.Connection) {
	t.Helper()
	net := soma.New("analysed", 1)
	e := net.Ensemble("e", len(c.Encoders), len(c.Encoders[0]))
	e.Neuron = map[string]neuron.Model{
		"LIF":             neuron.LIF{Amplitude: c.Amplitude},
		"RectifiedLinear": neuron.RectifiedLinear{Amplitude: c.Amplitude},
	}[c.Neuron]
	e.Radius, e.Encoders = c.Radius, dist.Samples(c.Encoders)
	e.MaxRates, e.Intercepts = dist.Values(c.MaxRates...), dist.Values(c.Intercepts...)
	e.EvalPoints = dist.Samples(c.EvalPoints)
	conn := net.Connect(e, net.Passthrough("sink", len(c.Targets[0])))
	if c.Function == "x*y" {
		conn.Function = func(x []float64) []float64 { return []float64{x[0] * x[1]} }
	}
	s, err := sim.New(net, sim.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s, e, conn
}

// alike compares matrices.
func alike(t *testing.T, what string, got, want [][]float64, tolerance float64) {
	t.Helper()
	if len(got) != len(want) || len(want) == 0 {
		t.Errorf("%s: %d rows, want %d", what, len(got), len(want))
		return
	}
	for i := range got {
		if problem := validation.Near(got[i], want[i], tolerance); problem != "" {
			t.Errorf("%s: row %d: %s", what, i, problem)
		}
	}
}

func TestAnalysisAgreesWithNengo(t *testing.T) {
	var cases []analysed
	validation.JSON(t, "nengo/analysis.json", &cases)
	if len(cases) != 3 {
		t.Fatalf("%d cases", len(cases))
	}
	for _, c := range cases {
		what := c.Neuron + " of " + c.Function + ": "
		s, e, conn := c.build(t)
		tuning, err := s.TuningCurves(e, c.At)
		if err != nil {
			t.Fatal(err)
		}
		alike(t, what+"tuning curves", tuning, c.Tuning, 1e-12)
		response, err := s.ResponseCurves(e, c.Along)
		if err != nil {
			t.Fatal(err)
		}
		alike(t, what+"response curves", response, c.Response, 1e-12)
		d, err := s.Decoding(conn, nil)
		if err != nil {
			t.Fatal(err)
		}
		alike(t, what+"points", d.Points, c.Points, 1e-15)
		alike(t, what+"targets", d.Targets, c.Targets, 1e-15)
		alike(t, what+"decoders", d.Decoders, c.Decoders, 1e-11)
		alike(t, what+"decoded", d.Decoded, c.Decoded, 1e-11)
		alike(t, what+"rmse", [][]float64{d.RMSE()}, [][]float64{c.RMSE}, 1e-11)
		known, err := s.Tuning(e)
		if err != nil {
			t.Fatal(err)
		}
		alike(t, what+"maximum rates", [][]float64{known.MaxRates}, [][]float64{c.MaxRates}, 1e-12)
		alike(t, what+"intercepts", [][]float64{known.Intercepts}, [][]float64{c.Intercepts}, 1e-12)
	}
}

// The curve of a neuron is the closed form of its rate, along its encoder and in
// the space of what is represented.
func TestCurvesAreTheClosedForm(t *testing.T) {
	net := soma.New("curves", 1)
	e := net.Ensemble("e", 40, 2)
	e.Radius = 3
	s, err := sim.New(net, sim.Options{})
	if err != nil {
		t.Fatal(err)
	}
	tuned, err := s.Tuning(e)
	if err != nil {
		t.Fatal(err)
	}
	rate := func(i int, x float64) float64 {
		if j := tuned.Gain[i]*x + tuned.Bias[i]; j > 1 {
			return 1 / (0.002 - 0.02*math.Log(1-1/j))
		}
		return 0
	}
	along := []float64{-1, -0.3, 0.2, 0.7, 1}
	response, _ := s.ResponseCurves(e, along)
	points := [][]float64{{0, 0}, {3, 0}, {-1, 2}, {0.5, -2.5}}
	tuning, _ := s.TuningCurves(e, points)
	some, _ := s.TuningCurves(e, points, 7, 3)
	few, _ := s.ResponseCurves(e, along, 7, 3)
	for k := range points {
		if len(some[k]) != 2 || some[k][0] != tuning[k][7] || some[k][1] != tuning[k][3] {
			t.Errorf("neurons 7 and 3 at %v: %v", points[k], some[k])
		}
	}
	for k := range along {
		if len(few[k]) != 2 || few[k][0] != response[k][7] || few[k][1] != response[k][3] {
			t.Errorf("neurons 7 and 3 at %v: %v", along[k], few[k])
		}
	}
	if none, err := s.TuningCurves(e, nil); len(none) > 0 || err != nil {
		t.Errorf("at no points: %v, %v", none, err)
	}
	for i := range e.N {
		for k, x := range along {
			if want := rate(i, x); math.Abs(response[k][i]-want) > 1e-9*want {
				t.Errorf("neuron %d at %g: %.12g Hz, want %.12g", i, x, response[k][i], want)
			}
		}
		for k, p := range points {
			want := rate(i, (tuned.Encoders[i][0]*p[0]+tuned.Encoders[i][1]*p[1])/3)
			if math.Abs(tuning[k][i]-want) > 1e-9*want {
				t.Errorf("neuron %d at %v: %.12g Hz, want %.12g", i, p, tuning[k][i], want)
			}
		}
	}
}

// The points are drawn again as they were when the decoders were solved: at them
// the regularised squared error has its minimum, so that any change of the
// decoders makes it larger.
func TestDecodersAreTheBestAtTheirPoints(t *testing.T) {
	net := soma.New("best", 1)
	e := net.Ensemble("e", 20, 1)
	conn := net.Connect(e, net.Passthrough("sink", 1))
	conn.Function = func(x []float64) []float64 { return []float64{x[0] * x[0]} }
	s, err := sim.New(net, sim.Options{})
	if err != nil {
		t.Fatal(err)
	}
	d, err := s.Decoding(conn, nil)
	if err != nil {
		t.Fatal(err)
	}
	activity, err := s.TuningCurves(e, d.Points)
	if err != nil {
		t.Fatal(err)
	}
	highest := 0.0
	for _, row := range activity {
		for _, a := range row {
			highest = max(highest, a)
		}
	}
	cost := func() float64 {
		sum := math.Pow(d.Noise(0.1 * highest)[0], 2)
		for p, row := range activity {
			y := 0.0
			for i, a := range row {
				y += a * d.Decoders[i][0]
			}
			sum += math.Pow(y-d.Targets[p][0], 2) / float64(len(activity))
		}
		return sum
	}
	least := cost()
	if want := math.Pow(d.RMSE()[0], 2) + math.Pow(d.Noise(0.1 * highest)[0], 2); math.Abs(least-want) > 1e-12 {
		t.Errorf("distortion and noise are %g, want %g", want, least)
	}
	for i := range d.Decoders {
		for _, change := range []float64{-1e-5, 1e-5} {
			d.Decoders[i][0] += change
			if got := cost(); !(got > least) {
				t.Errorf("decoder %d changed by %g: cost %.17g, was %.17g", i, change, got, least)
			}
			d.Decoders[i][0] -= change
		}
	}
}

func TestAnalysisSaysWhatItCannot(t *testing.T) {
	net, other := soma.New("mine", 1), soma.New("other", 1)
	e, stranger := net.Ensemble("e", 10, 2), other.Ensemble("stranger", 10, 1)
	direct := net.Ensemble("direct", 1, 1)
	direct.Neuron = neuron.Direct{}
	fromDirect := net.Connect(direct, e.At(0))
	s, err := sim.New(net, sim.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for want, call := range map[string]func() error{
		"stranger.ensemble: it is not in the network": func() error { _, err := s.TuningCurves(stranger, nil); return err },
		"direct.neuron: an ensemble of Direct has no": func() error { _, err := s.ResponseCurves(direct, nil); return err },
		"e.points: point 1 has 1 values":              func() error { _, err := s.TuningCurves(e, [][]float64{{1, 2}, {1}}); return err },
		"e.neurons: neuron 10 of 10":                  func() error { _, err := s.ResponseCurves(e, nil, 3, 10); return err },
		"direct->e[0].connection: it has no decoders": func() error { _, err := s.Decoding(fromDirect, nil); return err },
		"other.ensemble: it is not":                   func() error { _, err := s.Tuning(other.Ensemble("other", 1, 1)); return err },
	} {
		if err := call(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}
