package plot

import (
	"math"
	"strings"
	"testing"
)

func TestScale(t *testing.T) {
	for _, test := range []struct {
		largest  float64
		unit     string
		exponent int
		name     string
	}{
		{2e-9, "A", -9, "nA"},
		{5e-10, "A", -12, "pA"},
		{9e-10, "A", -9, "nA"},
		{0.07, "V", -3, "mV"},
		{1, "s", 0, "s"},
		{0.05, "s", -3, "ms"},
		{3e-6, "s", -6, "µs"},
		{7200, "s", 0, "s"}, // not 7.2 ks
		{400, "Hz", 0, "Hz"},
		{2e7, "ohm", 6, "MΩ"},
		{0.8, "", 0, ""},
		{0, "A", 0, "A"},
		{1e-10, "", -12, "×1e−12"},
		{3e6, "", 6, "×1e6"},
		{1e-10, "mol", -12, "×1e−12 mol"}, // no prefix for a unit we do not know
		{1e-30, "A", -18, "aA"},
		{math.Inf(1), "V", 0, "V"},
	} {
		exponent, name := scale(test.largest, test.unit)
		if exponent != test.exponent || name != test.name {
			t.Errorf("scale(%g, %q) = %d, %q; want %d, %q", test.largest, test.unit, exponent, name, test.exponent, test.name)
		}
	}
}

func TestTicks(t *testing.T) {
	for _, test := range []struct {
		name string
		axis axis
		n    int
		want string
	}{
		{"one second", axis{extent: extent{0, 1}, unit: "s"}, 5, "0.0 0.2 0.4 0.6 0.8 1.0"},
		{"voltages", axis{extent: extent{-0.0702, -0.0498}, unit: "V"}, 5, "−70 −65 −60 −55 −50"},
		{"currents", axis{extent: extent{0, 2e-9}, unit: "A"}, 4, "0.0 0.5 1.0 1.5 2.0"},
		{"hundredths", axis{extent: extent{-0.02, 0.02}}, 4, "−0.02 −0.01 0.00 0.01 0.02"},
		{"around zero", axis{extent: extent{-1.1, 1.1}}, 5, "−1.0 −0.5 0.0 0.5 1.0"},
		{"neurons", axis{extent: extent{-0.5, 1.5}, whole: true, fixed: true}, 6, "0 1"},
		{"thousands", axis{extent: extent{0, 20000}, whole: true, fixed: true}, 2, "0 10000 20000"},
		{"a fixed unit", axis{extent: extent{0, 2e-9}, unit: "A", fixed: true, power: -12}, 2, "0 1000 2000"},
		{"numbers that fill the page", axis{extent: extent{0, 2e-10}, fixed: true}, 2, "0 1e−10 2e−10"},
		{"decades", axis{log: true, extent: extent{-2.3, 1.2}}, 5, "0.01 0.1 1 10"},
		{"every other decade", axis{log: true, extent: extent{-6, 3}}, 5, "0.000001 0.0001 0.01 1 100"},
		{"between decades", axis{log: true, extent: extent{-0.5, 1.2}}, 5, "0.5 1 2 5 10"},
		{"within a decade", axis{log: true, extent: extent{1.887, 2.201}}, 5, "80 100 120 140"},
		{"names", axis{names: []tick{{0.5, "neuron 0"}}}, 5, "neuron 0"},
	} {
		var texts []string
		for _, tk := range test.axis.ticks(test.n) {
			texts = append(texts, tk.text)
		}
		if got := strings.Join(texts, " "); got != test.want {
			t.Errorf("%s: ticks %q, want %q", test.name, got, test.want)
		}
	}
}

func TestTicksLieWhereTheySay(t *testing.T) {
	a := axis{extent: extent{0, 2e-9}, unit: "A"}
	for i, tk := range a.ticks(4) {
		if want := float64(i) * 0.5e-9; math.Abs(tk.at-want) > 1e-22 {
			t.Errorf("tick %s nA is at %g, want %g", tk.text, tk.at, want)
		}
	}
}

func TestAxisTitle(t *testing.T) {
	for _, test := range []struct {
		name  string
		data  axis // what the data say
		label string
		unit  string
		want  string
	}{
		{"from the data", axis{label: "membrane voltage", unit: "V"}, "", "", "membrane voltage (mV)"},
		{"a new name", axis{label: "membrane voltage", unit: "V"}, "V_m", "", "V_m (mV)"},
		{"a base unit in the label", axis{}, "current (A)", "", "current (mA)"},
		{"the same unit twice", axis{unit: "V"}, "distance (V)", "", "distance (mV)"},
		{"a unit from the panel", axis{}, "current", "A", "current (mA)"},
		{"a prefixed unit in the label", axis{unit: "V"}, "distance (µV)", "", "distance (µV)"},
		{"numbers of the user's own scale", axis{}, "current (nA)", "", "current (nA)"},
		{"ohm", axis{}, "resistance (ohm)", "", "resistance (mΩ)"},
		{"only a unit", axis{unit: "V"}, "", "", "mV"},
		{"nothing", axis{}, "", "", ""},
	} {
		a := test.data
		a.extent = extent{0, 0.05}
		a.override(nil, test.label, test.unit)
		if got := a.title(); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func TestPrefixInLabelFixesTheNumbers(t *testing.T) {
	a := axis{extent: extent{0, 0.05}, unit: "V"}
	a.override(nil, "distance (uV)", "")
	ticks := a.ticks(1)
	if last := ticks[len(ticks)-1]; last.text != "50000" || last.at != 0.05 {
		t.Errorf("last tick of 0 to 50 mV in µV: %v; want 50000 at 0.05", last)
	}
}

func TestWiden(t *testing.T) {
	for _, test := range []struct{ in, want extent }{
		{extent{0, 10}, extent{-1, 11}},
		{extent{5, 5}, extent{4.5, 5.5}},
		{extent{-2e-10, -2e-10}, extent{-2.2e-10, -1.8e-10}},
		{extent{0, 0}, extent{-1, 1}},
		{empty(), extent{0, 1}},
	} {
		got := widen(test.in, 0.1)
		if math.Abs(got.min-test.want.min) > 1e-12*math.Abs(test.want.min) || math.Abs(got.max-test.want.max) > 1e-12*math.Abs(test.want.max) {
			t.Errorf("widen(%v) = %v, want %v", test.in, got, test.want)
		}
	}
}
