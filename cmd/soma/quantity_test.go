package main

import (
	"strings"
	"testing"
)

func TestQuantity(t *testing.T) {
	for _, c := range []struct {
		text, unit string
		want       float64
	}{
		{"1", "s", 1},
		{"20ms", "s", 0.02},
		{" 20 ms ", "s", 0.02},
		{"3ms", "s", 0.003},
		{"100us", "s", 1e-4},
		{"100µs", "s", 1e-4},
		{"1e-3", "s", 0.001},
		{"1e-3s", "s", 0.001},
		{"2second", "s", 2},
		{".5s", "s", 0.5},
		{"-1.5", "", -1.5},
		{"500pA", "A", 5e-10},
		{"0.5nA", "A", 5e-10},
		{"20MOhm", "ohm", 2e7},
		{"20 Mohm", "ohm", 2e7},
		{"1GΩ", "ohm", 1e9},
		{"250pF", "F", 2.5e-10},
		{"-65mV", "V", -0.065},
		{"8Hz", "Hz", 8},
	} {
		got, err := quantity(c.text, c.unit)
		if err != nil || got != c.want {
			t.Errorf("quantity(%q, %q) = %v, %v; want %v", c.text, c.unit, got, err, c.want)
		}
	}
}

func TestNoQuantity(t *testing.T) {
	for _, c := range []struct{ text, unit, want string }{
		{"", "s", "not a number; give seconds"},
		{"ms", "s", "not a number"},
		{"NaN", "s", "not a number"},
		{"inf", "s", "not a number"},
		{"1e999", "s", "out of range"},
		{"1mV", "s", `unknown unit "mV"`},
		{"1xs", "s", `unknown unit "xs"`},
		{"1ms", "", `unknown unit "ms"; give a plain number`},
		{"1 2", "s", "unknown unit"},
		{"1,5", "V", "such as 1mV"},
	} {
		if x, err := quantity(c.text, c.unit); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("quantity(%q, %q) = %v, %v; want an error with %q", c.text, c.unit, x, err, c.want)
		}
	}
}
