package connect

import (
	"math"
	"slices"
	"strings"
	"testing"

	"soma/internal/rng"
)

func TestPlaces(t *testing.T) {
	for _, c := range []struct {
		positions Positions
		want      []float64
	}{
		{Grid{Extent: []float64{4}}, []float64{-1.5, -0.5, 0.5, 1.5}},
		{Grid{Extent: []float64{2, 6}, Shape: []int{2, 2}, Center: []float64{10, 0}}, []float64{9.5, -1.5, 9.5, 1.5, 10.5, -1.5, 10.5, 1.5}},
		{Points{Coordinates: [][]float64{{1, 2}, {3, 4}, {5, 6}, {7, 8}}}, []float64{1, 2, 3, 4, 5, 6, 7, 8}},
	} {
		got, err := c.positions.Place(4, rng.Stream{})
		if err != nil || !slices.Equal(got.Coordinates, c.want) {
			t.Errorf("%+v: %v, %v, want %v", c.positions, got.Coordinates, err, c.want)
		}
	}
}

// Scattered coordinates are uniform and independent, and those of a neuron do
// not depend on how many there are.
func TestScatterIsUniform(t *testing.T) {
	s := Scatter{Extent: []float64{2, 4, 1}, Center: []float64{0, 7, 0}}
	places, err := s.Place(8000, rng.New(3, "p", "positions"))
	if err != nil {
		t.Fatal(err)
	}
	counts := make([]float64, 4*4*4)
	for i := range 8000 {
		cell := 0
		for d, x := range places.at(i) {
			u := (x-[]float64{0, 7, 0}[d])/s.Extent[d] + 0.5
			if u < 0 || u >= 1 {
				t.Fatalf("neuron %d lies at %v", i, places.at(i))
			}
			cell = cell*4 + int(u*4)
		}
		counts[cell]++
	}
	if z := deviation(counts, 8000.0/64, 1); math.Abs(z) > 4 {
		t.Errorf("the cells' counts deviate by %.1f", z)
	}
	fewer, _ := s.Place(10, rng.New(3, "p", "positions"))
	if !slices.Equal(fewer.Coordinates, places.Coordinates[:30]) {
		t.Error("places depend on the number of neurons")
	}
}

func TestPositionErrors(t *testing.T) {
	for _, c := range []struct {
		positions Positions
		want      string
	}{
		{Grid{}, "no extent"},
		{Grid{Extent: []float64{1, 1}}, "shape"},
		{Grid{Extent: []float64{1, 1}, Shape: []int{2, 3}}, "holds 6 neurons, the population has 5"},
		{Scatter{Extent: []float64{-1}}, "give lengths above 0"},
		{Scatter{Extent: []float64{1}, Center: []float64{0, 0}}, "center"},
		{Points{Coordinates: [][]float64{{1}}}, "1 places for 5 neurons"},
		{Points{Coordinates: [][]float64{{1}, {2}, {3}, {4, 4}, {5}}}, "place 3 has 2 coordinates"},
		{Points{Coordinates: [][]float64{{1}, {2}, {3}, {4}, {5}}, Periodic: true}, "begins anew"},
	} {
		if _, err := c.positions.Place(5, rng.Stream{}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: error %v, want %q", c.positions, err, c.want)
		}
	}
}
