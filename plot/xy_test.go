package plot

import (
	"slices"
	"testing"
)

func TestSeriesWithoutLabelKeepTheColour(t *testing.T) {
	for _, c := range []struct {
		names  []string
		shades []int
	}{
		{[]string{"a", "b"}, []int{0, 1}},
		{[]string{"a", "", "b", ""}, []int{0, 0, 1, 1}},
		{[]string{"", "a", ""}, []int{0, 1, 1}},
		{[]string{"", ""}, []int{0, 1}},
		{[]string{""}, []int{0}},
	} {
		shades, n := grouped(c.names)
		if !slices.Equal(shades, c.shades) || n != c.shades[len(c.shades)-1]+1 {
			t.Errorf("%q: shades %v of %d, want %v", c.names, shades, n, c.shades)
		}
	}
}
