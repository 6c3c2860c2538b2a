package stats

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s: %v, want %v ± %v", what, got, want, tolerance)
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// Of a Poisson process all is known. The tolerances are about four standard
// errors.
func TestPoisson(t *testing.T) {
	const neurons, rate, duration = 100, 20.0, 50.0
	s := poisson(source(1), neurons, rate, duration)
	if err := s.Check(); err != nil {
		t.Fatal(err)
	}
	near(t, "mean rate", s.MeanRate(), rate, 4*math.Sqrt(rate/neurons/duration))
	near(t, "mean of rates", Mean(s.Rates()), s.MeanRate(), 1e-9)
	near(t, "deviation of rates", Deviation(s.Rates()), math.Sqrt(rate/duration), 0.2)
	near(t, "rate from intervals", Mean(s.IntervalRates()), rate, 0.3)
	near(t, "CV", Mean(s.CVs()), 1, 0.02)
	near(t, "LV", Mean(s.LVs()), 1, 0.015)
	near(t, "mean interval", Mean(s.Intervals()), 1/rate, 0.001)
	near(t, "Fano factor", Mean(must(s.FanoFactors(FanoWindow))), 1, 0.03)
	near(t, "synchrony", must(s.Synchrony(SynchronyBin)), 1, 0.05)
	near(t, "coherence", must(s.Coherence(SynchronyBin)), 1/math.Sqrt(neurons), 0.005)

	pairs := must(s.Correlations(CorrelationBin, neurons, 1))
	if want := neurons * (neurons - 1) / 2; len(pairs) != want {
		t.Errorf("%d pairs, want %d", len(pairs), want)
	}
	bins := duration / CorrelationBin
	near(t, "correlation", Mean(pairs), 0, 5e-4)
	near(t, "deviation of correlations", Deviation(pairs)*math.Sqrt(bins), 1, 0.05)

	f, power, err := s.Spectrum(SpectrumBin, 1024)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "highest frequency", f[len(f)-1], 500, 0)
	inner := power[2 : len(power)-1] // the window spreads the missing mean over the first two
	near(t, "power", Mean(inner)/(2*rate/neurons), 1, 0.03)
	near(t, "power at low frequencies", Mean(inner[:50])/(2*rate/neurons), 1, 0.1)
	near(t, "power at high frequencies", Mean(inner[400:450])/(2*rate/neurons), 1, 0.1)
}

func TestClock(t *testing.T) {
	s := clock(0.007, 7)
	near(t, "mean rate", s.MeanRate(), 1/0.007, 1e-9)
	near(t, "rate from intervals", s.IntervalRates()[0], 1/0.007, 1e-9)
	near(t, "CV", s.CVs()[0], 0, 1e-9)
	near(t, "LV", s.LVs()[0], 0, 1e-9)
	near(t, "Fano factor of whole periods", must(s.FanoFactors(0.07))[0], 0, 1e-9)
	// Bins of half a period: 0 and 1 by turns, mean 1/2, variance 1/4.
	near(t, "synchrony", must(s.Synchrony(0.0035)), 0.5, 0.001)
	near(t, "coherence of one neuron", must(s.Coherence(0.0035)), 1, 1e-12)
}

// Refractoriness of r makes intervals r plus exponential: CV = 1 − r·rate.
func TestDeadTime(t *testing.T) {
	const r, mean = 0.01, 0.04
	s, random := Spikes{Neurons: 1, Duration: 2000}, source(2)
	for at := 0.0; ; {
		at += r + random.ExpFloat64()*(mean-r)
		if at > s.Duration {
			break
		}
		s.Times, s.IDs = append(s.Times, at), append(s.IDs, 0)
	}
	near(t, "CV", s.CVs()[0], 1-r/mean, 0.02)
	near(t, "Fano factor in long windows", must(s.FanoFactors(4))[0], (1-r/mean)*(1-r/mean), 0.15)
	_, power, err := s.Spectrum(0.001, 1024)
	if err != nil {
		t.Fatal(err)
	}
	// The same at low frequencies: rate·CV² on both sides (Cox & Lewis, 1966).
	near(t, "power at low frequencies", Mean(power[2:6])/(2/mean), (1-r/mean)*(1-r/mean), 0.1)
	near(t, "power at high frequencies", Mean(power[400:500])/(2/mean), 1, 0.05)
}

// A slow change of the rate raises the CV and leaves the LV alone.
func TestLocalVariation(t *testing.T) {
	s := Spikes{Neurons: 1, Duration: 100}
	for at := 0.0; at < s.Duration; at += 0.02 * (1.5 + math.Sin(at/5)) {
		s.Times, s.IDs = append(s.Times, at), append(s.IDs, 0)
	}
	if cv, lv := s.CVs()[0], s.LVs()[0]; cv < 0.3 || lv > 0.001 {
		t.Errorf("CV %v, LV %v; want a large and a small one", cv, lv)
	}
}

func TestKnownCorrelation(t *testing.T) {
	const neurons, duration = 50, 200.0
	for _, c := range []float64{0.05, 0.3, 0.8} {
		s := copies(source(3), neurons, c, 20, duration)
		near(t, "correlation", Mean(must(s.Correlations(0.005, neurons, 1))), c, 0.02)
		// Counts of the population: variance n·v·(1 + (n−1)·c), v = mean of one.
		near(t, "synchrony", must(s.Synchrony(0.005))/(1+(neurons-1)*c), 1, 0.05)
		near(t, "coherence", must(s.Coherence(0.005)), math.Sqrt((1+(neurons-1)*c)/neurons), 0.02)
	}
}

func TestIdenticalAndOppositeTrains(t *testing.T) {
	// Bins of 1 s: neurons 0 and 1 fire in even seconds, 2 in odd ones, 3 never,
	// 4 in all: it does not vary.
	s := Spikes{Neurons: 5, Duration: 10}
	for second := range 10 {
		for id := range int64(5) {
			if even := second%2 == 0; id == 4 || id < 2 && even || id == 2 && !even {
				s.Times, s.IDs = append(s.Times, float64(second)+0.5), append(s.IDs, id)
			}
		}
	}
	got := must(s.Correlations(1, 10, 0))
	if diff := cmp.Diff([]float64{1, -1, -1}, got, cmpopts.EquateApprox(0, 1e-12)); diff != "" {
		t.Errorf("pairs 0-1, 0-2, 1-2 (-want +got):\n%s", diff)
	}
}

func TestSubset(t *testing.T) {
	s := poisson(source(4), 60, 20, 5)
	draw := func(seed uint64) []float64 { return must(s.Correlations(0.01, 10, seed)) }
	if got := len(draw(1)); got != 45 {
		t.Errorf("%d pairs of 10 neurons, want 45", got)
	}
	if !cmp.Equal(draw(1), draw(1)) || cmp.Equal(draw(1), draw(2)) {
		t.Error("want one subset for each seed")
	}
	if got := must(s.Correlations(0.01, 0, 1)); len(got) != 0 {
		t.Errorf("%d pairs of no neurons", len(got))
	}
}

// A rhythm is a peak of the spectrum, whose area is its power.
func TestRhythm(t *testing.T) {
	const rate, depth, hertz = 50.0, 0.5, 40.0
	r := source(5)
	s := Spikes{Neurons: 200, Duration: 20}
	for step := 1; step <= 20_000; step++ {
		at := float64(step) * 1e-3
		for id := range s.Neurons {
			if r.Float64() < 1e-3*rate*(1+depth*math.Sin(2*math.Pi*hertz*at)) {
				s.Times, s.IDs = append(s.Times, at), append(s.IDs, int64(id))
			}
		}
	}
	f, power, err := s.Spectrum(0.001, 500)
	if err != nil {
		t.Fatal(err)
	}
	area, peak := 0.0, 0
	for i := range power {
		if power[i] > power[peak] {
			peak = i
		}
		if math.Abs(f[i]-hertz) < 8 {
			area += (power[i] - 2*rate/float64(s.Neurons)) * f[1]
		}
	}
	near(t, "frequency of the peak", f[peak], hertz, f[1])
	near(t, "power of the rhythm", area, rate*rate*depth*depth/2, 15)
}

func TestSpectrumHoldsTheVariance(t *testing.T) {
	s := poisson(source(6), 30, 15, 30)
	f, power, err := s.Spectrum(0.002, 0)
	if err != nil {
		t.Fatal(err)
	}
	counts, sum := must(s.Activity(0.002)), 0.0
	activity := make([]float64, len(counts))
	for i, n := range counts {
		activity[i] = float64(n) / (30 * 0.002)
	}
	for _, p := range power {
		sum += p * f[1]
	}
	near(t, "integral of the spectrum by the variance", sum/math.Pow(Deviation(activity), 2), 1, 0.05)
}

// The transform of a pulse is a wave; that of all others follows.
func TestTransform(t *testing.T) {
	for _, n := range []int{1, 2, 4, 64} {
		for at := range n {
			x := make([]complex128, n)
			x[at] = 1
			transform(x)
			for j, got := range x {
				angle := -2 * math.Pi * float64(j*at) / float64(n)
				near(t, "real part", real(got), math.Cos(angle), 1e-12)
				near(t, "imaginary part", imag(got), math.Sin(angle), 1e-12)
			}
		}
	}
}

func TestFewSpikes(t *testing.T) {
	nan := math.NaN()
	s := Spikes{Times: []float64{0.1, 0.2, 0.3, 0.4, 0.5, 0.5}, IDs: []int64{1, 2, 2, 3, 3, 3}, Neurons: 4, Duration: 1}
	for _, test := range []struct {
		name      string
		got, want []float64
	}{
		{"rates", s.Rates(), []float64{0, 1, 2, 3}},
		{"rates from intervals", s.IntervalRates(), []float64{0, 0, 10, 20}},
		{"intervals", s.Intervals(), []float64{0.1, 0.1, 0}},
		{"CVs", s.CVs(), []float64{nan, nan, nan, 1}},
		{"LVs", s.LVs(), []float64{nan, nan, nan, 3}},
		{"Fano factors", must(s.FanoFactors(0.5)), []float64{nan, 1, 2, 3}},
		{"no neurons", Spikes{}.CVs(), []float64{}},
	} {
		if diff := cmp.Diff(test.want, test.got, cmpopts.EquateNaNs(), cmpopts.EquateApprox(0, 1e-12)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
	silent := Spikes{Neurons: 3, Duration: 1}
	for what, got := range map[string]float64{
		"synchrony": must(silent.Synchrony(0.1)), "coherence": must(silent.Coherence(0.1)), "mean CV": Mean(silent.CVs()),
	} {
		if !math.IsNaN(got) {
			t.Errorf("%s without spikes: %v", what, got)
		}
	}
	if got := silent.MeanRate(); got != 0 {
		t.Errorf("rate without spikes: %v", got)
	}
}

func TestCheck(t *testing.T) {
	good := func() Spikes {
		return Spikes{Times: []float64{0.1, 0.2, 0.15}, IDs: []int64{0, 0, 1}, Neurons: 2, Duration: 1}
	}
	if err := good().Check(); err != nil {
		t.Errorf("spikes in order: %v", err)
	}
	for _, test := range []struct {
		spoil func(s *Spikes)
		want  string
	}{
		{func(s *Spikes) { s.Neurons = 0 }, "spikes of 0 neurons; give at least one"},
		{func(s *Spikes) { s.IDs = s.IDs[1:] }, "3 spike times and 2 neuron ids; give one id for each time"},
		{func(s *Spikes) { s.Duration = math.Inf(1) }, "spikes of +Inf s; give a time above zero"},
		{func(s *Spikes) { s.IDs[2] = 2 }, "spike 2 is of neuron 2; ids must be 0 to 1"},
		{func(s *Spikes) { s.Times[1] = math.NaN() }, "spike 1 is at NaN s; times must be finite and not below zero"},
		{func(s *Spikes) { s.Times[1] = 0.05 }, "spike 1 of neuron 0 is at 0.05 s, before its last one at 0.1 s; sort the spikes by time"},
	} {
		s := good()
		test.spoil(&s)
		if err := s.Check(); err == nil || err.Error() != test.want {
			t.Errorf("got  %v\nwant %s", err, test.want)
		}
		// What Check refuses does not panic.
		s.CVs()
		s.LVs()
		s.IntervalRates()
		for _, bin := range []float64{0, -1, 0.1, 1e-12, math.NaN(), math.Inf(1)} {
			s.Correlations(bin, 5, 0)
			s.FanoFactors(bin)
			s.Coherence(bin)
			s.Spectrum(bin, 0)
			s.PopulationRate(bin)
		}
	}
}

func TestBinErrors(t *testing.T) {
	s := Spikes{Neurons: 1, Duration: 1}
	for bin, want := range map[float64]string{
		0:          "bins of 0 s; give a width above zero",
		-1:         "bins of -1 s; give a width above zero",
		math.NaN(): "bins of NaN s; give a width above zero",
		1e-12:      "1 s in bins of 1e-12 s are more than 16777216 bins; give a larger width",
		0.6:        "1 s hold fewer than two bins of 0.6 s; record for longer, or give a smaller width",
	} {
		if _, err := s.Activity(bin); err == nil || err.Error() != want {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	}
	if _, _, err := s.Spectrum(0.4, 0); err == nil || !strings.Contains(err.Error(), "record for longer") {
		t.Errorf("a spectrum of two bins: %v", err)
	}
	if _, _, err := s.Spectrum(0.1, -1); err == nil {
		t.Error("segments of -1 bins: no error")
	}
}
