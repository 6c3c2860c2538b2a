package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"soma/internal/param"
)

// duration writes a simulated time: "20 ms", "1 s".
func duration(seconds float64) string { return param.Quantity(seconds, "s") }

// elapsed writes a time that somebody waited for, with as many digits as
// matter: "3.1 ms", "12.3 s", "4 min 05 s".
func elapsed(seconds float64) string {
	switch {
	case seconds < 0.9995:
		return fmt.Sprintf("%s ms", digits(seconds*1000, 2))
	case seconds < 59.5:
		return fmt.Sprintf("%s s", digits(seconds, 3))
	}
	d := time.Duration(seconds * float64(time.Second)).Round(time.Second)
	if d < time.Hour {
		return fmt.Sprintf("%d min %02d s", int(d.Minutes()), int(d.Seconds())%60)
	}
	return fmt.Sprintf("%d h %02d min", int(d.Hours()), int(d.Minutes())%60)
}

// digits writes a positive number with at least n significant digits, without
// an exponent.
func digits(x float64, n int) string {
	if x <= 0 || math.IsInf(x, 0) || math.IsNaN(x) {
		return strconv.FormatFloat(x, 'f', 0, 64)
	}
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'e', n-1, 64), 64)
	after := max(0, n-1-int(math.Floor(math.Log10(rounded))))
	return strconv.FormatFloat(x, 'f', min(after, 6), 64)
}

// speed says how simulated time went against the clock.
func speed(realTimeFactor float64) string {
	switch {
	case realTimeFactor <= 0:
		return ""
	case realTimeFactor <= 1:
		return digits(1/realTimeFactor, 2) + "× real time"
	}
	return digits(realTimeFactor, 2) + "× slower than real time"
}

// count writes a number with its noun: "1 neuron", "77 169 neurons".
func count[T int | int64](n T, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return grouped(int64(n)) + " " + noun + "s"
}

// grouped writes a number with spaces between thousands, from five digits on.
func grouped(n int64) string {
	text := strconv.FormatInt(n, 10)
	if len(text) < 5 {
		return text
	}
	var b strings.Builder
	for i, digit := range text {
		if i > 0 && (len(text)-i)%3 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(digit)
	}
	return b.String()
}

// memory writes a number of bytes.
func memory(bytes int64) string {
	x, unit := float64(bytes), "B"
	for _, larger := range []string{"kB", "MB", "GB", "TB"} {
		if x < 1000 {
			break
		}
		x, unit = x/1000, larger
	}
	if unit == "B" {
		return fmt.Sprintf("%d B", bytes)
	}
	return digits(x, 2) + " " + unit
}

// spaced turns a name of a model file into words.
func spaced(name string) string { return strings.ReplaceAll(name, "_", " ") }
