// Package validation holds the reference numbers that soma's tests compare with,
// produced by running other simulators; README.md says how.
package validation

import (
	"bytes"
	"embed"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
)

//go:embed nengo nest/*.csv nest/*.json
var files embed.FS

// TB is what is told when a file cannot be read; a testing.TB is one.
type TB interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// Rows reads a CSV file as one map per line, by the names in its header.
func Rows(t TB, path string) []map[string]string {
	t.Helper()
	lines, err := csv.NewReader(bytes.NewReader(read(t, path))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rows := make([]map[string]string, len(lines)-1)
	for i, line := range lines[1:] {
		rows[i] = map[string]string{}
		for c, name := range lines[0] {
			rows[i][name] = line[c]
		}
	}
	return rows
}

// Columns reads a CSV file of numbers as one slice per column.
func Columns(t TB, path string) map[string][]float64 {
	t.Helper()
	columns := map[string][]float64{}
	for _, row := range Rows(t, path) {
		for name, text := range row {
			columns[name] = append(columns[name], Number(t, text))
		}
	}
	return columns
}

// Number parses a number of a reference file.
func Number(t TB, text string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// JSON reads a JSON file into v.
func JSON(t TB, path string, v any) {
	t.Helper()
	if err := json.Unmarshal(read(t, path), v); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

func read(t TB, path string) []byte {
	t.Helper()
	raw, err := files.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// Near says where got differs from want by more than tolerance, absolute below 1
// and relative above; "" when nowhere.
func Near(got, want []float64, tolerance float64) string {
	if len(got) != len(want) {
		return fmt.Sprintf("%d values, want %d", len(got), len(want))
	}
	for i := range got {
		if !(math.Abs(got[i]-want[i]) <= tolerance*max(1, math.Abs(want[i]))) {
			return fmt.Sprintf("value %d is %.17g, want %.17g", i, got[i], want[i])
		}
	}
	return ""
}
