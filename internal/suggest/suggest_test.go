package suggest

import "testing"

func TestClosest(t *testing.T) {
	known := []string{"LIF", "LIFRate", "ensemble", "population", "max_rates", "intercepts"}
	for name, want := range map[string]string{
		"ensembel": "ensemble", "lif": "LIF", "max_rate": "max_rates", "populaton": "population",
		"intercept": "intercepts", "pop": "population", "xylophone": "", "": "",
	} {
		if got := Closest(name, known); got != want {
			t.Errorf("Closest(%q) = %q, want %q", name, got, want)
		}
	}
}
