package signal

import (
	"encoding/json"
	"math"
	"slices"
	"testing"

	"soma/dist"
	"soma/internal/rng"
	"soma/synapse"
	"soma/validation"
)

func TestAgainstNengo(t *testing.T) {
	var file map[string]json.RawMessage
	validation.JSON(t, "nengo/processes.json", &file)
	rows := func(name string) (want [][]float64) {
		if err := json.Unmarshal(file[name], &want); err == nil {
			return want
		}
		want = nil
		var flat []float64
		if err := json.Unmarshal(file[name], &flat); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, x := range flat {
			want = append(want, []float64{x})
		}
		return want
	}
	times, values := []float64{0.005, 0.012, 0.02, 0.0305}, [][]float64{{1}, {-0.5}, {2}, {0.25}}
	with := func(interpolation string) Signal { return Piecewise{times, values, interpolation} }
	for name, s := range map[string]Signal{
		"Piecewise_zero": with(""), "Piecewise_linear": with("linear"), "Piecewise_slinear": with("linear"),
		"Piecewise_nearest":         with("nearest"),
		"Piecewise_cubic_with_t0_0": Piecewise{append([]float64{0}, times...), append([][]float64{{0}}, values...), "cubic"},
		"Piecewise_zero_2d":         Piecewise{Times: []float64{0.01, 0.02}, Values: [][]float64{{1, 2}, {3, 4}}},
		"PresentInput_3x2_0.007":    Present{Inputs: [][]float64{{1, 2}, {3, 4}, {5, 6}}, Duration: 0.007},
		"PresentInput_images_flattened_0.01": Present{
			Inputs: [][]float64{{0, 1, 2, 3}, {4, 5, 6, 7}}, Duration: 0.01,
		},
	} {
		if problems := Check(s, 0.001); problems != nil {
			t.Errorf("%s: %v", name, problems)
			continue
		}
		want := rows(name)
		got := course(t, s, 0.001, len(want))
		for i := range want {
			if diff := validation.Near(got[i], want[i], 1e-12); diff != "" {
				t.Errorf("%s, step %d: %s", name, i+1, diff)
				break
			}
		}
	}
}

// course plays a signal with all its values.
func course(t *testing.T, s Signal, dt float64, steps int) (rows [][]float64) {
	t.Helper()
	play, err := s.Start(Env{Dt: dt, Stream: rng.New(7, "stimulus", "node")})
	if err != nil {
		t.Fatal(err)
	}
	for i := range steps {
		out := make([]float64, s.Size())
		play(float64(i+1)*dt, out)
		rows = append(rows, out)
	}
	return rows
}

// moments are mean and variance of one value over the steps from one on.
func moments(rows [][]float64, value, from int) (mean, variance float64) {
	n := float64(len(rows) - from)
	for _, row := range rows[from:] {
		mean += row[value] / n
	}
	for _, row := range rows[from:] {
		variance += (row[value] - mean) * (row[value] - mean) / n
	}
	return mean, variance
}

func near(t *testing.T, what string, got, want, relative float64) {
	t.Helper()
	if !(math.Abs(got-want) <= relative*math.Abs(want)) {
		t.Errorf("%s: %g, want %g", what, got, want)
	}
}

// The variances of noise are those of theory, whatever the step.
func TestNoise(t *testing.T) {
	for _, dt := range []float64{1e-3, 2e-4} {
		steps := 40_000
		white := course(t, WhiteNoise{Dims: 2}, dt, steps)
		for i := range 2 {
			mean, variance := moments(white, i, 0)
			near(t, "variance of white noise", variance*dt, 1, 0.03)
			near(t, "1 + mean of white noise", 1+mean*math.Sqrt(dt), 1, 0.02)
		}
		if c := correlation(white); math.Abs(c) > 0.02 {
			t.Errorf("two values of noise have the correlation %g", c)
		}
		_, variance := moments(course(t, WhiteNoise{Unscaled: true, Dist: dist.Uniform{Low: -1, High: 1}}, dt, steps), 0, 0)
		near(t, "variance of uniform noise", variance, 1.0/3, 0.03)

		const tau = 0.005
		_, variance = moments(course(t, FilteredNoise{}, dt, steps), 0, 200)
		near(t, "variance of filtered noise", variance, math.Tanh(dt/2/tau)/dt, 0.1)
	}
	// Many walks: the variance grows as time.
	brown := course(t, BrownNoise{Dims: 4000}, 1e-3, 400)
	for _, step := range []int{100, 400} {
		variance := 0.0
		for _, x := range brown[step-1] {
			variance += x * x / 4000
		}
		near(t, "variance of a random walk", variance, float64(step)*1e-3, 0.08)
	}
}

func correlation(rows [][]float64) float64 {
	ab, aa, bb := 0.0, 0.0, 0.0
	for _, row := range rows {
		ab, aa, bb = ab+row[0]*row[1], aa+row[0]*row[0], bb+row[1]*row[1]
	}
	return ab / math.Sqrt(aa*bb)
}

// A white signal repeats itself, has the root mean square that was asked for, and
// its power lies evenly below its highest frequency.
func TestWhiteSignal(t *testing.T) {
	const dt, period, high = 1e-3, 2.0, 30.0
	rows := course(t, WhiteSignal{Period: period, High: high, RMS: 0.3, Dims: 40}, dt, 4000)
	total := 0.0
	power := make([]float64, 1001) // by harmonics
	for value := range rows[0] {
		x := make([]float64, 2000)
		for i := range x {
			x[i] = rows[i][value]
			if x[i] != rows[i+2000][value] {
				t.Fatalf("value %d: %g in step %d and %g a period later", value, x[i], i+1, rows[i+2000][value])
			}
			total += x[i] * x[i]
		}
		for k := range power {
			re, im := 0.0, 0.0
			if k > 80 && k%37 != 0 {
				continue
			}
			for i, v := range x {
				s, c := math.Sincos(2 * math.Pi * float64(k*i%2000) / 2000)
				re, im = re+v*c, im+v*s
			}
			power[k] += (re*re + im*im) / 2000 / 2000 / 40
		}
	}
	near(t, "root mean square", math.Sqrt(total/2000/40), 0.3, 0.04)
	if power[0] > 1e-20 {
		t.Errorf("the mean has the power %g", power[0])
	}
	want := 0.09 / 60 / 2 // 60 harmonics, each on both sides
	for k := 1; k < len(power); k++ {
		switch {
		case k <= 60 && (power[k] < 0.4*want || power[k] > 2*want):
			t.Errorf("harmonic %d has the power %g, want about %g", k, power[k], want)
		case k > 60 && power[k] > 1e-20:
			t.Errorf("harmonic %d, beyond the highest, has the power %g", k, power[k])
		}
	}
	// It begins where it is nearest to y0.
	zero := 0.0
	for _, dt := range []float64{1e-3, 7e-4} {
		first := course(t, WhiteSignal{Period: period, High: high, RMS: 0.3, Y0: &zero, Dims: 5}, dt, 1)[0]
		for i, x := range first {
			if math.Abs(x) > 0.03 {
				t.Errorf("dt %g, value %d starts at %g", dt, i, x)
			}
		}
	}
}

func TestWaveforms(t *testing.T) {
	const dt = 1e-3
	for name, c := range map[string]struct {
		signal Signal
		at     map[int]float64 // by step
	}{
		"step":   {Step{Time: 0.01, Value: 3, Before: -1}, map[int]float64{9: -1, 10: 3, 11: 3}},
		"ramp":   {Ramp{Begin: 0.01, End: 0.02, From: 1, To: 2}, map[int]float64{5: 1, 10: 1, 15: 1.5, 20: 2, 30: 2}},
		"sine":   {Sine{Frequency: 10, Amplitude: 2, Offset: 1}, map[int]float64{25: 3, 50: 1, 75: -1, 100025: 3}},
		"cosine": {Sine{Frequency: 10, Phase: math.Pi / 2}, map[int]float64{100: 1, 150: -1}},
		"chirp":  {Chirp{Low: 0, High: 10, Duration: 1}, map[int]float64{1: math.Sin(math.Pi * 1e-5), 500: math.Sin(2.5 * math.Pi), 1000: 0}},
		"spikes": {SpikeTrain{Times: [][]float64{{0, 0.0035, 0.0038, 0.01}}, Amplitude: 0.5}, map[int]float64{1: 500, 2: 0, 3: 0, 4: 1000, 10: 500, 11: 0}},
	} {
		if problems := Check(c.signal, dt); problems != nil {
			t.Errorf("%s: %v", name, problems)
			continue
		}
		play, err := c.signal.Start(Env{Dt: dt})
		if err != nil {
			t.Fatal(err)
		}
		for step, want := range c.at {
			out := make([]float64, 1)
			play(float64(step)*dt, out)
			if math.Abs(out[0]-want) > 1e-9 {
				t.Errorf("%s, step %d: %g, want %g", name, step, out[0], want)
			}
		}
	}
}

// What is drawn belongs to the value and the step: a signal with fewer values
// has the same ones.
func TestNoiseDoesNotDependOnItsSize(t *testing.T) {
	for _, s := range []Sizable{
		WhiteNoise{},
		WhiteNoise{Dist: dist.Exponential{}},
		FilteredNoise{Synapse: synapse.Alpha{Tau: 0.01}},
		BrownNoise{},
		WhiteSignal{Period: 1, High: 10},
	} {
		few, many := course(t, s.Sized(2), 1e-3, 20), course(t, s.Sized(5), 1e-3, 20)
		for i := range few {
			if !slices.Equal(few[i], many[i][:2]) || few[i][0] == few[i][1] {
				t.Errorf("%T, step %d: %g and %g", s, i+1, few[i], many[i])
				break
			}
		}
	}
}

func TestSignalProblems(t *testing.T) {
	for _, c := range []struct {
		signal Signal
		field  string
	}{
		{WhiteSignal{Period: 1, High: 0.5}, "high"},
		{WhiteSignal{Period: 1, High: 500}, "high"},
		{WhiteSignal{Period: -1, High: 5}, "period"},
		{WhiteNoise{Dist: dist.Normal{Std: -1}}, "dist.std"},
		{WhiteNoise{Dims: -1}, "size"},
		{FilteredNoise{Synapse: synapse.Lowpass{Tau: -1}}, "synapse.tau"},
		{FilteredNoise{Synapse: synapse.Lowpasses(1, 2)}, "synapse"},
		{Present{Duration: 1}, "inputs"},
		{Present{Inputs: [][]float64{{1}, {1, 2}}, Duration: 1}, "inputs"},
		{Present{Inputs: [][]float64{{1}}, Duration: 1e-4}, "duration"},
		{Ramp{Begin: 1, End: 1}, "stop"},
		{Chirp{Low: 1, High: 2}, "duration"},
		{Sine{Frequency: -1}, "frequency"},
		{Step{Time: math.NaN()}, "time"},
		{SpikeTrain{Times: [][]float64{{-1}}}, "times"},
	} {
		if problems := Check(c.signal, 1e-3); len(problems) == 0 || problems[0].Field != c.field || problems[0].Remedy == "" {
			t.Errorf("%+v: %v, want a problem with %s", c.signal, problems, c.field)
		}
	}
}
