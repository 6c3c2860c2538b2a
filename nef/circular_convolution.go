package nef

import (
	"math"

	"soma"
	"soma/connect"
	"soma/internal/elementary"
	"soma/neuron"
)

// A CircularConvolution computes c_i = Σ_j a_j b_(i−j), indices modulo the
// dimensions: the binding of holographic reduced representations (T. Plate,
// Holographic Reduced Representation, 2003). The discrete Fourier transform
// turns it into products of complex coefficients, of which neurons compute the
// real and imaginary parts (C. Eliasmith, How to Build a Brain, 2013, A.3).
type CircularConvolution struct {
	NNeurons       int          `param:"n_neurons" check:">0" doc:"neurons for each product of coefficients; there are about two for each dimension"`
	Dimensions     int          `param:"dimensions" check:">0" doc:"length of the vectors"`
	InvertA        bool         `param:"invert_a" doc:"takes the first vector's approximate inverse, its elements in reverse order but the first"`
	InvertB        bool         `param:"invert_b" doc:"takes the second vector's approximate inverse: circular correlation"`
	InputMagnitude float64      `param:"input_magnitude" default:"1" check:">0" doc:"expected length of the vectors"`
	Neuron         neuron.Model `param:"neuron" default:"neuron.LIF()" doc:"neuron model"`

	*soma.Network
	InputA  *soma.Node `end:"input_a" doc:"one vector"`
	InputB  *soma.Node `end:"input_b" doc:"the other vector"`
	Output  *soma.Node `end:"output" doc:"their convolution"`
	Product *Product   `end:"product" doc:"the products of coefficients"`
}

// Add makes the network.
func (c CircularConvolution) Add(net *soma.Network, name string) *CircularConvolution {
	sub, c := Begin(net, name, c)
	c.Network = sub
	a, b, out := ConvolutionTransforms(c.Dimensions)
	if c.InvertA {
		invertColumns(a)
	}
	if c.InvertB {
		invertColumns(b)
	}
	// Coefficients of a vector of length 1 are about 1, seldom above 2.
	bi := Bilinear{NNeurons: c.NNeurons, A: a, B: b, Out: out, InputMagnitude: float64(2 * c.InputMagnitude), Neuron: c.Neuron}
	c.InputA, c.InputB, c.Output, c.Product = bi.Build(sub)
	Finish(sub)
	return &c
}

// ConvolutionTransforms gives the real matrices with which c = out ((a x) ∘ (b y)) is the
// circular convolution of x and y. Each coefficient X_k Y_k takes the products
// Re Re, Im Im, Re Im and Im Re; the real ones, k = 0 and d/2, take one.
func ConvolutionTransforms(d int) (a, b, out connect.Dense) {
	columns := [][]float64{}
	for k := 0; 2*k <= d; k++ {
		re, im := make([]float64, d), make([]float64, d)
		for n := range d {
			re[n], im[n] = root(k*n, d)
		}
		if k == 0 || 2*k == d {
			a, b = append(a, re), append(b, re)
			columns = append(columns, scaled(re, 1/float64(d)))
			continue
		}
		cos, sin := scaled(re, 2/float64(d)), scaled(im, 2/float64(d))
		a = append(a, re, im, re, im)
		b = append(b, re, im, im, re)
		columns = append(columns, cos, scaled(cos, -1), sin, sin)
	}
	return a, b, transposed(columns)
}

// root is e^(−2πi k/d).
func root(k, d int) (re, im float64) {
	k %= d
	switch { // exact where it can be
	case k == 0:
		return 1, 0
	case 2*k == d:
		return -1, 0
	case 4*k == d:
		return 0, -1
	case 4*k == 3*d:
		return 0, 1
	}
	angle := float64(2*math.Pi*float64(k)) / float64(d)
	return elementary.Cos(angle), -elementary.Sin(angle)
}

// invertColumns makes a matrix take the vector x_0, x_(d−1), …, x_1. Rows may
// share their values with other matrices.
func invertColumns(m connect.Dense) {
	for i, row := range m {
		d := len(row)
		inverse := make([]float64, d)
		for j, x := range row {
			inverse[(d-j)%d] = x
		}
		m[i] = inverse
	}
}

func scaled(x []float64, factor float64) []float64 {
	y := make([]float64, len(x))
	for i := range x {
		y[i] = float64(x[i] * factor)
	}
	return y
}

func transposed(m [][]float64) connect.Dense {
	t := make(connect.Dense, len(m[0]))
	for i := range t {
		t[i] = make([]float64, len(m))
		for j := range m {
			t[i][j] = m[j][i]
		}
	}
	return t
}
