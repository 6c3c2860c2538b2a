package connect

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"soma/dist"
	"soma/internal/rng"
	"soma/validation"
)

// numbers are nested lists of JSON, flattened.
func numbers(v any) []float64 {
	list, ok := v.([]any)
	if !ok {
		return []float64{v.(float64)}
	}
	var all []float64
	for _, x := range list {
		all = append(all, numbers(x)...)
	}
	return all
}

func oneEach(values []float64) dist.Samples {
	rows := make(dist.Samples, len(values))
	for i, x := range values {
		rows[i] = []float64{x}
	}
	return rows
}

// Convolutions, and transposed ones, are those of Nengo.
func TestConvolutionsAreNengos(t *testing.T) {
	var reference struct {
		Cases []struct {
			Class  string
			Kwargs struct {
				Filters      int   `json:"n_filters"`
				InputShape   []int `json:"input_shape"`
				KernelSize   []int `json:"kernel_size"`
				Strides      []int
				Padding      string
				Groups       int
				ChannelsLast *bool `json:"channels_last"`
			}
			OutputShape []int `json:"output_shape"`
			Kernel      any
			X, Y        []float64
		}
	}
	validation.JSON(t, "nengo/transforms.json", &reference)
	if len(reference.Cases) < 11 {
		t.Fatalf("%d cases", len(reference.Cases))
	}
	for i, want := range reference.Cases {
		k := want.Kwargs
		c := Convolution{
			Filters: k.Filters, InputShape: k.InputShape, KernelSize: k.KernelSize, Strides: k.Strides,
			Padding: Padding(k.Padding), Groups: k.Groups, ChannelsFirst: k.ChannelsLast != nil && !*k.ChannelsLast,
			Transpose: want.Class == "ConvolutionTranspose", Kernel: oneEach(numbers(want.Kernel)),
		}
		if out, err := c.Shape(len(want.X)); err != nil || out != len(want.Y) || fmt.Sprint(c.OutputShape()) != fmt.Sprint(want.OutputShape) {
			t.Errorf("case %d: %d values of shape %v (%v), want %v", i, out, c.OutputShape(), err, want.OutputShape)
			continue
		}
		drawn, err := c.Drawn(rng.Stream{})
		if err != nil {
			t.Fatal(err)
		}
		got := drawn.(SparseTransform).Sparse(len(want.X)).times(want.X)
		for j := range got {
			if math.Abs(got[j]-want.Y[j]) > 1e-12 {
				t.Errorf("case %d (%s): value %d is %g, want %g", i, want.Class, j, got[j], want.Y[j])
				break
			}
		}
	}
}

func (m *SparseMatrix) times(x []float64) []float64 {
	y := make([]float64, m.Rows)
	for i := range y {
		for k := m.Start[i]; k < m.Start[i+1]; k++ {
			y[i] += m.Value[k] * x[m.Col[k]]
		}
	}
	return y
}

func TestSparseForms(t *testing.T) {
	s := Sparse{Row: []int{2, 0, 2, 2}, Col: []int{1, 3, 0, 1}, Value: []float64{5, 7, 11, 13}, Out: 3, In: 4}
	want := []float64{0, 0, 0, 7, 0, 0, 0, 0, 11, 18, 0, 0}
	if got := s.Matrix(4); fmt.Sprint(got.Data) != fmt.Sprint(want) {
		t.Errorf("dense: %v, want %v", got.Data, want)
	}
	m := s.Sparse(4)
	start, row, value := m.Columns()
	if got := fmt.Sprint(start, row, value); got != "[0 1 3 3 4] [2 2 2 0] [11 5 13 7]" {
		t.Errorf("by columns: %s", got)
	}
	if got := m.ScaledRows([]float64{2, 1, -1}).Dense().Data; got[3] != 14 || got[9] != -18 || m.Value[0] != 7 {
		t.Errorf("scaled: %v", got)
	}
	if got := Diagonal([]float64{2, 3}).Dense().Data; fmt.Sprint(got) != "[2 0 0 3]" {
		t.Errorf("diagonal: %v", got)
	}
}

func TestTransformErrors(t *testing.T) {
	for want, transform := range map[string]Transform{
		"3 columns, the source has 4":         Sparse{Row: []int{0}, Col: []int{0}, Value: []float64{1}, Out: 2, In: 3},
		"entry 0 of the sparse matrix is at":  Sparse{Row: []int{2}, Col: []int{0}, Value: []float64{1}, Out: 2, In: 4},
		"1 rows, 2 columns and 1 values":      Sparse{Row: []int{1}, Col: []int{0, 1}, Value: []float64{1}, Out: 2, In: 4},
		"shape (0, 4)":                        Sparse{In: 4},
		"an input shape of 1 numbers":         Convolution{Filters: 1, InputShape: []int{4}},
		"which is 6 values, for a source of":  Convolution{Filters: 1, InputShape: []int{3, 2}},
		"a kernel of size 5 over an input of": Convolution{Filters: 1, InputShape: []int{4, 1}, KernelSize: []int{5}},
		"strides of 2 numbers":                Convolution{Filters: 1, InputShape: []int{4, 1}, Strides: []int{1, 1}},
		"a size of 0":                         Convolution{InputShape: []int{4, 1}},
		`padding "full"`:                      Convolution{Filters: 1, InputShape: []int{4, 1}, Padding: "full"},
		"1 channels and 2 filters in 2":       Convolution{Filters: 2, InputShape: []int{4, 1}, Groups: 2},
		"a matrix of shape (0, 4)":            RandomMatrix{Cols: 4, From: dist.Uniform{}},
		"the matrix has 3 columns":            RandomMatrix{Rows: 2, Cols: 3, From: dist.Uniform{}},
		"a matrix of nothing":                 RandomMatrix{Rows: 2, Cols: 4},
		"low 1 is above high 0":               RandomMatrix{Rows: 2, Cols: 4, From: dist.Uniform{Low: 1}},
		"a convolution of 1.79e+08 weights":   Convolution{Filters: 20, InputShape: []int{1000, 1000, 1}},
		"2 numbers for a kernel of 3":         Convolution{Filters: 1, InputShape: []int{4, 1}, Kernel: oneEach([]float64{1, 2})},
	} {
		if _, err := transform.Shape(4); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %s", err, want)
		}
	}
}

func TestRandomMatrix(t *testing.T) {
	r := RandomMatrix{Rows: 40, Cols: 50, From: dist.Uniform{Low: 2, High: 4}}
	first, err := r.Drawn(rng.New(1, "a->b", "transform"))
	if err != nil {
		t.Fatal(err)
	}
	second, _ := r.Drawn(rng.New(1, "b->a", "transform"))
	sum := 0.0
	for _, x := range first.Matrix(50).Data {
		if x < 2 || x >= 4 {
			t.Fatalf("%g was drawn", x)
		}
		sum += x
	}
	if mean := sum / 2000; math.Abs(mean-3) > 0.06 || first.Matrix(50).At(3, 4) == second.Matrix(50).At(3, 4) {
		t.Errorf("mean %g; the same for another connection", mean)
	}
}
