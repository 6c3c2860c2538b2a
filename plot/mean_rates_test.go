package plot

import (
	"math"
	"testing"
)

func TestSignificant(t *testing.T) {
	for v, want := range map[float64]string{
		0: "0", 0.896: "0.896", 1.1: "1.10", 9.996: "10.0", 25.44: "25.4", 123.4: "123", 12345: "12300", 0.1: "0.100",
		0.00177: "0.00177", -3.2: "−3.20", -0.05: "−0.0500", 1e-12: "1e−12",
	} {
		if got := significant(v); got != want {
			t.Errorf("%v is written %q, want %q", v, got, want)
		}
	}
}

// A raster shows neurons at even distances, and their spikes only.
func TestRasterSample(t *testing.T) {
	th, err := themeOf("light")
	if err != nil {
		t.Fatal(err)
	}
	s := Spikes{Neurons: 10, Duration: 1}
	for id := range int64(10) {
		s.Times, s.IDs = append(s.Times, 0.5), append(s.IDs, id)
	}
	for _, test := range []struct{ limit, every, shown int }{{0, 1, 10}, {10, 1, 10}, {9, 2, 5}, {5, 2, 5}, {3, 4, 3}, {1, 10, 1}} {
		recorded, err := (&source{data: memory{spikes: map[string]Spikes{"s": s}}}).spikes("s")
		if err != nil {
			t.Fatal(err)
		}
		b := stack([]trains{recorded}, th)
		b.sample(test.limit)
		one := b.bands[0]
		if one.every != test.every || one.count() != test.shown || b.spikes != test.shown {
			t.Errorf("limit %d: every %d, %d neurons, %d spikes; want %d, %d, %d",
				test.limit, one.every, one.count(), b.spikes, test.every, test.shown, test.shown)
		}
		if top := one.place(9/int64(one.every)*int64(one.every)) + one.row()/2; math.Abs(top-10) > 1e-9 {
			t.Errorf("limit %d: the last neuron reaches up to %v of 10", test.limit, top)
		}
	}
}

func TestOrdinal(t *testing.T) {
	for n, want := range map[int]string{2: "2nd", 3: "3rd", 4: "4th", 11: "11th", 12: "12th", 13: "13th", 21: "21st", 102: "102nd", 111: "111th"} {
		if got := ordinal(n); got != want {
			t.Errorf("%d is written %s, want %s", n, got, want)
		}
	}
}
