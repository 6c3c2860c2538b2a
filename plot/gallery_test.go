package plot

import (
	"bytes"
	"errors"
	"flag"
	"math"
	"os"
	"path/filepath"
	"testing"
)

var out = flag.String("out", "", "folder to write the gallery's figures into, to look at them")

// memory is Data held in maps.
type memory struct {
	values map[string]Values
	spikes map[string]Spikes
}

func (m memory) Values(probe string) (Values, error) {
	if v, ok := m.values[probe]; ok {
		return v, nil
	}
	return Values{}, errors.New("no such value probe; add it to the model")
}

func (m memory) Spikes(probe string) (Spikes, error) {
	if s, ok := m.spikes[probe]; ok {
		return s, nil
	}
	return Spikes{}, errors.New("no such spike probe; add it to the model")
}

// wave samples f(t, dimension) every dt.
func wave(n, width int, dt float64, f func(t float64, k int) float64) Values {
	v := Values{Width: width}
	for i := 1; i <= n; i++ {
		v.T = append(v.T, float64(i)*dt)
		for k := range width {
			v.Rows = append(v.Rows, f(float64(i)*dt, k))
		}
	}
	return v
}

// train makes irregular spikes, at a rate that swells three times.
func train(neurons int, rate, duration float64) Spikes {
	s := Spikes{Neurons: neurons, Duration: duration}
	x := uint64(12345)
	for step := 1; step <= int(duration*1000); step++ {
		t := float64(step) * 1e-3
		p := rate * 1e-3 * (1 + math.Sin(6*math.Pi*t/duration))
		for id := range neurons {
			x = (1103515245*x + 12345) % (1 << 31)
			if float64(x)/(1<<31) < p {
				s.Times, s.IDs = append(s.Times, t), append(s.IDs, int64(id))
			}
		}
	}
	return s
}

const (
	longName   = "a very long name that somebody gave to the decoded value of an ensemble in a subnetwork"
	longerName = "another very long name, still longer than the first, to see the legend break into rows"
	longBand   = "layer 4 inhibitory with a long name"
)

func physical(v Values, unit, label string) Values {
	v.Unit, v.Label = unit, label
	return v
}

// results are those of all figures in the gallery.
func results() memory {
	cosine := func(t float64, k int) float64 { return math.Cos(8*t + 0.3*float64(k)) }
	return memory{
		values: map[string]Values{
			"decoded":  wave(1000, 1, 1e-3, func(t float64, _ int) float64 { return 0.9*math.Cos(8*t) + 0.05*math.Sin(300*t) }),
			"input":    wave(1000, 1, 1e-3, cosine),
			"product":  wave(1000, 3, 1e-3, cosine),
			"many":     wave(1000, 40, 1e-3, cosine),
			"positive": wave(400, 6, 2.5e-3, func(t float64, k int) float64 { return t * float64(k) * 1e-9 }),
			"constant": wave(1000, 1, 1e-3, func(float64, int) float64 { return 0.3 }),
			"small":    wave(1000, 1, 1e-3, func(t float64, _ int) float64 { return 1e-10 * math.Cos(8*t) }),
			"single":   {T: []float64{0.5}, Rows: []float64{2}, Width: 1},
			"voltage": physical(wave(1000, 1, 1e-3, func(t float64, _ int) float64 { return -0.07 + 0.02*math.Mod(20*t, 1) }),
				"V", "membrane voltage"),
			"current": physical(wave(500, 1, 1e-4, func(t float64, _ int) float64 { return 1e-10 * math.Sin(300*t) }),
				"A", "synaptic current"),
			longName:   wave(1000, 1, 1e-3, cosine),
			longerName: wave(1000, 1, 1e-3, func(t float64, _ int) float64 { return math.Sin(8 * t) }),
		},
		spikes: map[string]Spikes{
			"one": train(1, 50, 1), "five": train(5, 30, 1), "hundred": train(100, 20, 1), "crowd": train(2000, 10, 1),
			"silent": {Neurons: 20, Duration: 1}, "layer 2/3 excitatory": train(400, 5, 1), longBand: train(80, 25, 1),
			"L2/3E": train(20683, 0.9, 1), "L2/3I": train(5834, 3, 1), "L4E": train(21915, 4.4, 1), "L4I": train(5479, 5.9, 1),
			"L5E": train(4850, 7.6, 1), "L5I": train(1065, 8.6, 1), "L6E": train(14395, 1.1, 1), "L6I": train(2948, 7.8, 1),
			"once": {Times: []float64{0.2}, IDs: []int64{3}, Neurons: 4, Duration: 1},
		},
	}
}

// gallery holds a figure of every kind and of what is awkward to draw.
func gallery() []Figure {
	lif := func(x float64) float64 {
		if x <= 0.5e-9 {
			return 0
		}
		return 1 / (0.002 + 0.02*math.Log1p(1/(x/0.5e-9-1)))
	}
	var current, closed, simulated Numbers
	for i := range 61 {
		x := 2e-9 * float64(i) / 60
		current, closed = append(current, x), append(closed, lif(x))
		simulated = append(simulated, math.Floor(lif(x)))
	}
	weights := make([]Numbers, 12)
	for i := range weights {
		for j := range 20 {
			weights[i] = append(weights[i], 1e-9*math.Sin(float64(i*j)))
		}
	}
	product := []Panel{
		{Kind: Lines, Probes: []string{"product", "input"}},
		{Kind: Raster, Probes: []string{"crowd"}},
		{Kind: Rate, Probes: []string{"crowd"}, Sigma: 0.02},
	}
	columns := []string{"L2/3E", "L2/3I", "L4E", "L4I", "L5E", "L5I", "L6E", "L6I"}
	probability := make([]Numbers, 8)
	for i := range probability {
		for j := range 8 {
			probability[i] = append(probability[i], math.Max(0, 0.1*math.Sin(float64(3*i+7*j))))
		}
	}
	return []Figure{
		{Name: "decoded", Panels: []Panel{{Kind: Lines, Probes: []string{"decoded", "input"}}}},
		{Name: "activity", Panels: []Panel{{Kind: Raster, Probes: []string{"one"}}, {Kind: Lines, Probes: []string{"voltage"}}}},
		{Name: "product", Title: "A product, its neurons and their rate", Panels: product},
		{Name: "dark", Title: "The same on dark ground", Theme: "dark", Panels: product},
		{Name: "bands", Panels: []Panel{
			{Kind: Raster, Probes: []string{"layer 2/3 excitatory", longBand, "five"}},
			{Kind: Rate, Probes: []string{"layer 2/3 excitatory", longBand, "five"}},
		}},
		{Name: "crowds", Panels: []Panel{
			{Kind: Raster, Probes: []string{"crowd", "hundred"}}, {Kind: Raster, Probes: []string{"crowd"}},
		}},
		{Name: "few", Panels: []Panel{
			{Kind: Raster, Probes: []string{"five"}},
			{Kind: Raster, Probes: []string{"silent"}},
			{Kind: Rate, Probes: []string{"silent"}},
			{Kind: Lines, Probes: []string{"single"}},
		}},
		{Name: "long", Title: longName + ", as its title", Panels: []Panel{
			{Kind: Lines, Title: "with a panel title", Probes: []string{longName, longerName, "input"}},
			{Kind: Lines, Probes: []string{longName}},
		}},
		{Name: "sizes", Panels: []Panel{
			{Kind: Lines, Probes: []string{"current", "voltage"}},
			{Kind: Lines, Probes: []string{"small"}},
			{Kind: Lines, Probes: []string{"constant"}},
			{Kind: Lines, Probes: []string{"many"}},
		}},
		{Name: "curve", Panels: []Panel{{
			Kind: XY, XLabel: "current (A)", YLabel: "rate (Hz)",
			Marks:  []Mark{{0.5e-9, "threshold 0.5 nA"}, {2e-9, "largest current"}},
			Series: []Series{{X: current, Y: closed, Label: "closed form"}, {X: current, Y: simulated, Style: Points, Label: "simulated"}},
		}}},
		{Name: "styles", Panels: []Panel{{Kind: XY, XLabel: "current", XUnit: "A", Series: []Series{
			{X: Numbers{0, 1e-12, 2e-12, 3e-12, 4e-12}, Rates: "five", Style: LinePoints, Label: "five"},
			{X: current[:3], Y: Numbers{10, math.NaN(), 30}, Style: Dashed, Label: "dashed, with a gap"},
		}}}},
		{Name: "distributions", Panels: []Panel{
			{Kind: Histogram, Probes: []string{"decoded"}},
			{Kind: Histogram, Probes: []string{"hundred", "layer 2/3 excitatory"}},
			{Kind: ISI, Probes: []string{"hundred"}},
			{Kind: ISI, Probes: []string{"silent"}},
			{Kind: ISI, Probes: []string{"once"}},
		}},
		{Name: "images", Panels: []Panel{
			{Kind: Image, Matrix: weights, Labels: []string{"weight (A)"}},
			{Kind: Image, Probes: []string{"positive"}},
			{Kind: XY, Series: []Series{{Probe: "product"}}},
		}},
		{Name: "cut", Panels: []Panel{
			{Kind: Image, Probes: []string{"many"}},
			{Kind: Lines, Probes: []string{"decoded"}, XLim: &[2]float64{0.2, 0.8}, YLim: &[2]float64{-0.5, 0.5}},
		}},
		{Name: "narrow", Width: 4, Height: 6, Panels: []Panel{
			{Kind: Raster, Probes: []string{"one", "five"}, XLim: &[2]float64{0, 0.05}},
			{Kind: Lines, Probes: []string{"voltage"}, YLabel: "threshold distance (mV)"},
		}},
		{Name: "microcircuit", Height: 9, Panels: []Panel{
			{Kind: Raster, Probes: columns, XLim: &[2]float64{0.4, 0.6}},
			{Kind: MeanRates, Probes: columns, Reference: Numbers{0.90, 2.97, 4.41, 5.88, math.NaN(), 8.63, 1.11, 7.83}},
		}},
		{Name: "connectivity", Title: "Connections", Panels: []Panel{
			{Kind: Image, Matrix: probability, Rows: columns, Columns: columns, Labels: []string{"probability"}},
			{Kind: Image, Matrix: weights[:8], Rows: columns, Labels: []string{"weight (A)"}},
			{Kind: MeanRates, Title: "Rates", Probes: []string{longBand, "silent"}},
		}},
		{Name: "irregularity", Panels: []Panel{
			{Kind: CV, Probes: []string{"crowd"}, Marks: []Mark{{1, "Poisson"}}},
			{Kind: CV, Probes: []string{"hundred", "silent"}},
			{Kind: CV, Probes: []string{"once"}},
			{Kind: Correlation, Probes: []string{"hundred", "five"}, Bin: 0.01},
			{Kind: Correlation, Probes: []string{"one"}},
		}},
		{Name: "spectra", Panels: []Panel{
			{Kind: Spectrum, Probes: []string{"crowd", "hundred", "five"}},
			{Kind: Spectrum, Probes: []string{"one"}, XLim: &[2]float64{0, 100}},
			{Kind: Spectrum, Probes: []string{"silent"}},
			{Kind: Spectrum, Probes: []string{"hundred"}, YLim: &[2]float64{1e-6, 1e3}},
		}},
		{Name: "populations", Panels: []Panel{{Kind: Raster, Probes: columns}, {Kind: Rate, Probes: columns, Sigma: 0.01}}},
		{Name: "dark populations", Theme: "dark", Panels: []Panel{{Kind: Raster, Probes: columns}, {Kind: MeanRates, Probes: columns}}},
		{Name: "samples", Panels: []Panel{
			{Kind: Raster, Title: "Some", Probes: []string{"crowd", "hundred", "five"}, Neurons: 30},
			{Kind: Raster, Probes: []string{"L4E"}},
			{Kind: Rate, Probes: columns},
		}},
	}
}

func drawn(t *testing.T, format string, f Figure, d Data) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Draw(&b, format, f, d); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// inPieces gives the same data n samples or spikes at a time.
func (m memory) inPieces(n int) memory {
	out := memory{map[string]Values{}, map[string]Spikes{}}
	for name, v := range m.values {
		whole := v
		v.T, v.Rows = nil, nil
		v.Pieces = func(yield func(Values, error) bool) {
			for from := 0; from < len(whole.T); from += n {
				to := min(from+n, len(whole.T))
				if !yield(Values{T: whole.T[from:to], Rows: whole.Rows[from*v.Width : to*v.Width]}, nil) {
					return
				}
			}
		}
		out.values[name] = v
	}
	for name, s := range m.spikes {
		whole := s
		s.Times, s.IDs, s.Exact = nil, nil, nil
		s.Pieces = func(yield func(Spikes, error) bool) {
			for from := 0; from < len(whole.Times); from += n {
				to := min(from+n, len(whole.Times))
				piece := Spikes{Times: whole.Times[from:to], IDs: whole.IDs[from:to]}
				if whole.Exact != nil {
					piece.Exact = whole.Exact[from:to]
				}
				if !yield(piece, nil) {
					return
				}
			}
		}
		out.spikes[name] = s
	}
	return out
}

// Figures come out the same however often and beside whatever they are drawn, and
// whether their data are in memory or come in pieces.
func TestGalleryIsDeterministic(t *testing.T) {
	m := results()
	pieces := m.inPieces(37)
	for _, f := range gallery() {
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			for _, format := range Formats() {
				first := drawn(t, format, f, m)
				if !bytes.Equal(first, drawn(t, format, f, pieces)) {
					t.Errorf("%s differs when it is drawn again, from pieces", format)
				}
				if *out == "" {
					continue
				}
				if err := os.WriteFile(filepath.Join(*out, f.Name+"."+format), first, 0o644); err != nil {
					t.Error(err)
				}
			}
		})
	}
}
