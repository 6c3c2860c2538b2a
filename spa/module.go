package spa

import (
	"math"

	"soma"
	"soma/dist"
	"soma/internal/param"
	"soma/internal/rng"
	"soma/neuron"
	"soma/synapse"
)

// A Module is something that text can name: what represents a vector of a
// vocabulary, or a number.
type Module struct {
	// Input and Output are its ends; nil where it has none.
	Input, Output soma.Endpoint
	// Vocab is that of the vectors that come in and go out; nil for numbers.
	Vocab *Vocabulary
	// OutputVocab is that of what goes out, where it is another one.
	OutputVocab *Vocabulary
}

// out is the vocabulary of what goes out.
func (m Module) out() *Vocabulary {
	if m.OutputVocab != nil {
		return m.OutputVocab
	}
	return m.Vocab
}

// Modular is implemented by the networks of this package.
type Modular interface{ Module() Module }

// needsVocabulary is the problem of a network without a vocabulary.
func needsVocabulary(field string, v *Vocabulary) []param.Problem {
	if v == nil {
		return []param.Problem{{Field: field, Problem: "no vocabulary", Remedy: "give one, such as spa.vocabulary(64, \"A; B\")"}}
	}
	if v.Dimensions < 1 {
		return []param.Problem{{Field: field, Problem: "a vocabulary without dimensions", Remedy: "give it at least 1"}}
	}
	if err := v.Algebra.Check(v.Dimensions); err != nil {
		return []param.Problem{{Field: field, Problem: err.Error()}}
	}
	return nil
}

// orEmpty is a vocabulary, or an empty one where it is missing or wrong, for
// networks whose mistakes are reported already.
func orEmpty(v *Vocabulary) *Vocabulary {
	if needsVocabulary("", v) != nil {
		return NewVocabulary(1)
	}
	return v
}

// partOfUnit is the distribution of some of the elements of a random vector of
// length 1 with that many dimensions. With two dimensions more than a vector has,
// its elements are uniform in the unit ball.
type partOfUnit struct{ dimensions int }

// Draw implements dist.Distribution. The squares of the elements that are not
// wanted add up to a chi-squared number, by the approximation of E. Wilson and M.
// Hilferty (1931).
func (p partOfUnit) Draw(stream rng.Stream, n, d int) ([]float64, error) {
	out := make([]float64, n*d)
	for i := range n {
		src := stream.Source(uint64(i))
		point := out[i*d : (i+1)*d]
		for j := range point {
			point[j] = src.Normal()
		}
		k := float64(max(p.dimensions-d, 1))
		root := 1 - 2/(9*k) + float64(src.Normal()*math.Sqrt(2/(9*k)))
		total := dot(point, point) + max(0, float64(k*float64(root*float64(root*root))))
		copy(point, scale(point, 1/math.Sqrt(total)))
		for j := range point {
			point[j] = min(point[j], 0.9) // gains grow without bound towards 1
		}
	}
	return out, nil
}

var _ dist.Distribution = partOfUnit{}

// orNeuron is a model, or the default one.
func orNeuron(m neuron.Model) neuron.Model {
	if m == nil {
		return neuron.LIF{}
	}
	return m
}

// direct connects without a synapse.
func direct(net *soma.Network, from, to soma.Endpoint) *soma.Connection {
	conn := net.Connect(from, to)
	conn.Synapse = synapse.None{}
	return conn
}

// column is a matrix of one column.
func column(v []float64) [][]float64 {
	m := make([][]float64, len(v))
	for i, x := range v {
		m[i] = []float64{x}
	}
	return m
}
