package main

import "testing"

func TestElapsed(t *testing.T) {
	for seconds, want := range map[float64]string{
		0: "0 ms", 0.00031: "0.31 ms", 0.0031: "3.1 ms", 0.25: "250 ms", 0.9999: "1.00 s", 1.25: "1.25 s", 12.34: "12.3 s",
		59.4: "59.4 s", 59.9: "1 min 00 s", 245: "4 min 05 s", 3599.7: "1 h 00 min", 7500: "2 h 05 min",
	} {
		if got := elapsed(seconds); got != want {
			t.Errorf("elapsed(%v) = %q, want %q", seconds, got, want)
		}
	}
}

func TestCount(t *testing.T) {
	for n, want := range map[int64]string{0: "0 neurons", 1: "1 neuron", 1000: "1000 neurons", 77169: "77 169 neurons", 1234567: "1 234 567 neurons"} {
		if got := count(n, "neuron"); got != want {
			t.Errorf("count(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestMemory(t *testing.T) {
	for bytes, want := range map[int64]string{0: "0 B", 999: "999 B", 1000: "1.0 kB", 57_400: "57 kB", 1_800_000_000: "1.8 GB", 14_500_000_000_000: "14 TB"} {
		if got := memory(bytes); got != want {
			t.Errorf("memory(%d) = %q, want %q", bytes, got, want)
		}
	}
}

func TestSpeed(t *testing.T) {
	for factor, want := range map[float64]string{0: "", 0.001: "1000× real time", 0.8: "1.2× real time", 1: "1.0× real time", 2.5: "2.5× slower than real time"} {
		if got := speed(factor); got != want {
			t.Errorf("speed(%v) = %q, want %q", factor, got, want)
		}
	}
}

func TestColumns(t *testing.T) {
	got := columns([][]string{{"a", "1", "x"}, {"long", "1234"}, {"µ→", "7", ""}}, "lrl")
	want := []string{"a        1  x", "long  1234", "µ→       7"}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("line %d is %q, want %q", i, got[i], want[i])
		}
	}
}
