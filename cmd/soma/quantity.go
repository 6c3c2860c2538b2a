package main

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"soma/internal/param"
)

// prefixes of units and their factors.
var prefixes = map[string]float64{
	"": 1, "f": 1e-15, "p": 1e-12, "n": 1e-9, "u": 1e-6, "µ": 1e-6, "μ": 1e-6, "m": 1e-3, "k": 1e3, "M": 1e6, "G": 1e9,
}

// number is a decimal number and what follows it.
var number = regexp.MustCompile(`^([-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)\s*(\S*)$`)

// quantity reads a number with or without a unit: "20ms", "20 ms" and "0.02"
// are the same when the unit is s.
func quantity(text, unit string) (float64, error) {
	parts := number.FindStringSubmatch(strings.TrimSpace(text))
	if parts == nil {
		return 0, fmt.Errorf("not a number%s", example(unit))
	}
	x, err := strconv.ParseFloat(parts[1], 64)
	if err != nil {
		return 0, fmt.Errorf("a number out of range%s", example(unit))
	}
	if parts[2] == "" {
		return x, nil
	}
	prefix, ok := cutUnit(parts[2], unit)
	factor, known := prefixes[prefix]
	if !ok || !known || unit == "" {
		return 0, fmt.Errorf("unknown unit %q%s", parts[2], example(unit))
	}
	if factor < 1 {
		return x / math.Round(1/factor), nil // 3/1000 is 0.003 exactly; 3·0.001 need not be
	}
	return float64(x * factor), nil
}

// cutUnit takes a unit off a suffix and leaves the prefix.
func cutUnit(suffix, unit string) (prefix string, ok bool) {
	if unit == "ohm" {
		for _, name := range []string{"Ohm", "ohm", "Ω"} {
			if prefix, ok = strings.CutSuffix(suffix, name); ok {
				return prefix, true
			}
		}
		return "", false
	}
	if unit == "s" && suffix == "second" {
		return "", true
	}
	return strings.CutSuffix(suffix, unit)
}

func example(unit string) string {
	switch unit {
	case "":
		return "; give a plain number"
	case "s":
		return "; give seconds, or a number with a unit such as 1ms"
	}
	return fmt.Sprintf("; give a number in %s, or one with a unit such as %s", unit, strings.ReplaceAll(param.Quantity(1e-3, unit), " ", ""))
}

// timeFlag is a flag for a positive time.
type timeFlag struct {
	seconds float64
	given   bool
}

func (t *timeFlag) String() string { return "" }
func (t *timeFlag) Type() string   { return "TIME" }

func (t *timeFlag) Set(text string) error {
	x, err := quantity(text, "s")
	if err != nil {
		return err
	}
	if !(x > 0) || math.IsInf(x, 0) {
		return fmt.Errorf("not a positive time; give one such as 1s or 10ms")
	}
	t.seconds, t.given = x, true
	return nil
}

// or is the given time, or else another.
func (t *timeFlag) or(other float64) float64 {
	if t.given {
		return t.seconds
	}
	return other
}
