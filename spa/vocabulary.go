package spa

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"soma/connect"
	"soma/internal/rng"
	"soma/internal/suggest"
)

// A Vocabulary gives names to vectors. What a name stands for follows from the
// vocabulary's name, seed and dimensions and from the name itself: adding a
// pointer does not change those that are there already.
//
// A vocabulary may be read by several goroutines while none adds to it.
type Vocabulary struct {
	Name       string
	Dimensions int
	Seed       uint64
	Algebra    Algebra // default HRR
	// MaxSimilarity is how similar a new pointer may be to those that are there;
	// where none of 100 drawn vectors is that different, the most different is
	// taken. Default 0.1.
	MaxSimilarity float64
	// Unitary makes every new pointer unitary.
	Unitary bool

	names   []string
	vectors map[string][]float64
}

// NewVocabulary makes an empty vocabulary for vectors of a length.
func NewVocabulary(dimensions int) *Vocabulary {
	return &Vocabulary{Dimensions: dimensions, Algebra: HRR{}, MaxSimilarity: 0.1, vectors: map[string][]float64{}}
}

// Names are those of the pointers, in the order in which they were added.
func (v *Vocabulary) Names() []string { return slices.Clone(v.names) }

// Vectors are those of the pointers, in the same order.
func (v *Vocabulary) Vectors() [][]float64 {
	list := make([][]float64, len(v.names))
	for i, name := range v.names {
		list[i] = v.vectors[name]
	}
	return list
}

// special are names that every vocabulary knows.
func (v *Vocabulary) special(name string) []float64 {
	switch name {
	case "Identity":
		return v.Algebra.Identity(v.Dimensions)
	case "Zero":
		return make([]float64, v.Dimensions)
	}
	return nil
}

// lookup gives the vector of a name; nil when there is none.
func (v *Vocabulary) lookup(name string) []float64 {
	if x, ok := v.vectors[name]; ok {
		return x
	}
	return v.special(name)
}

// unknown says that there is no such pointer.
func (v *Vocabulary) unknown(name string) (problem, remedy string) {
	problem = fmt.Sprintf("%s has no pointer %q%s", v, name, suggest.Hint(name, v.names))
	if len(v.names) == 0 {
		return problem, "populate it first: \"A; B; C\""
	}
	shown := v.names
	if len(shown) > 12 {
		shown = append(slices.Clone(shown[:12]), "…")
	}
	return problem, "it has: " + strings.Join(shown, ", ")
}

// String names the vocabulary in messages.
func (v *Vocabulary) String() string {
	if v.Name == "" {
		return fmt.Sprintf("the vocabulary of %d dimensions", v.Dimensions)
	}
	return "vocabulary " + v.Name
}

// Add gives a name to a vector.
func (v *Vocabulary) Add(name string, vector []float64) error {
	switch first, _ := utf8.DecodeRuneInString(name); {
	case !unicode.IsUpper(first) || strings.ContainsFunc(name, func(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) }):
		return fmt.Errorf("%q cannot be the name of a pointer; begin with a capital letter and go on with letters, digits and _", name)
	case v.special(name) != nil:
		return fmt.Errorf("%q has a meaning already; give another name", name)
	case v.vectors[name] != nil:
		return fmt.Errorf("%q is in the vocabulary already; give another name", name)
	case len(vector) != v.Dimensions:
		return fmt.Errorf("%q has %d values; the vocabulary has %d dimensions", name, len(vector), v.Dimensions)
	}
	v.names = append(v.names, name)
	v.vectors[name] = vector
	return nil
}

// draw gives a new vector of length 1 for a name.
func (v *Vocabulary) draw(name string) []float64 {
	const attempts = 100
	stream := rng.New(v.Seed, v.Name+"/"+name, "semantic pointer")
	var best []float64
	lowest := math.Inf(1)
	for k := range attempts {
		src := stream.Source(uint64(k))
		x := make([]float64, v.Dimensions)
		for i := range x {
			x[i] = src.Normal()
		}
		x = scale(x, 1/length(x))
		if v.Unitary {
			x = v.Algebra.Unitary(x)
		}
		if s := v.highest(x); s < lowest {
			best, lowest = x, s
		}
		if lowest <= v.MaxSimilarity {
			break
		}
	}
	return best
}

// highest is the largest similarity of a vector to the pointers.
func (v *Vocabulary) highest(x []float64) float64 {
	most := math.Inf(-1)
	for _, name := range v.names {
		most = max(most, dot(x, v.vectors[name]))
	}
	return most
}

// Populate adds pointers: names, each perhaps with a method or with a
// definition, separated by semicolons: "A; B.unitary(); C = A*B + 0.5*D".
func (v *Vocabulary) Populate(text string) error {
	at := 0
	for _, part := range strings.Split(text, ";") {
		if strings.TrimSpace(part) != "" {
			if err := v.define(text, at, part); err != nil {
				return err
			}
		}
		at += len(part) + 1
	}
	return nil
}

// define adds the pointer of one part of a text, which begins at a byte of it.
func (v *Vocabulary) define(text string, at int, part string) error {
	p := &parser{text: part}
	name, start := p.word()
	fail := func(where int, problem, remedy string) error {
		return &TextError{Text: text, At: at + where, Problem: problem, Remedy: remedy}
	}
	var vector []float64
	switch p.skip(); {
	case name == "":
		return fail(start, "a name is missing before "+p.next(), "write names with a capital letter, separated by ;")
	case p.at == len(part):
		vector = v.draw(name)
	case part[p.at] == '.':
		methods, err := parse(part[p.at:], func(p *parser) *expr { return p.methods(&expr{kind: pointer, name: name}) })
		if err != nil {
			e := err.(*TextError)
			return fail(p.at+e.At, e.Problem, e.Remedy)
		}
		if vector, err = v.modified(methods, name); err != nil {
			return err
		}
	case part[p.at] == '=':
		x, err := v.Parse(part[p.at+1:])
		if err != nil {
			if e, ok := err.(*TextError); ok {
				return fail(p.at+1+e.At, e.Problem, e.Remedy)
			}
			return err
		}
		vector = x
	default:
		return fail(p.at, "unexpected "+p.next(), "write Name, Name.unitary() or Name = expression, separated by ;")
	}
	if err := v.Add(name, vector); err != nil {
		problem, remedy, _ := strings.Cut(err.Error(), "; ")
		return fail(start, problem, remedy)
	}
	return nil
}

// modified draws a vector for a name and applies methods to it.
func (v *Vocabulary) modified(e *expr, name string) ([]float64, error) {
	if e.kind == pointer {
		return v.draw(name), nil
	}
	x, err := v.modified(e.args[0], name)
	if err != nil {
		return nil, err
	}
	return v.apply(e.name, x), nil
}

func (v *Vocabulary) apply(method string, x []float64) []float64 {
	if method == "unitary" {
		return v.Algebra.Unitary(x)
	}
	if l := length(x); l > 0 {
		return scale(x, 1/l)
	}
	return x
}

// Similarities are the dot products of a vector with all pointers.
func (v *Vocabulary) Similarities(x []float64) []float64 {
	list := make([]float64, len(v.names))
	for i, name := range v.names {
		list[i] = dot(x, v.vectors[name])
	}
	return list
}

// Closest is the pointer that a vector is most similar to, and how much; of
// several alike, the first.
func (v *Vocabulary) Closest(x []float64) (name string, similarity float64) {
	similarity = math.Inf(-1)
	for i, s := range v.Similarities(x) {
		if s > similarity {
			name, similarity = v.names[i], s
		}
	}
	return name, similarity
}

// Subset is a vocabulary of some of the pointers.
func (v *Vocabulary) Subset(names ...string) (*Vocabulary, error) {
	sub := *v
	sub.names, sub.vectors = nil, map[string][]float64{}
	for _, name := range names {
		x, ok := v.vectors[name]
		if !ok {
			problem, remedy := v.unknown(name)
			return nil, fmt.Errorf("%s; %s", problem, remedy)
		}
		if err := sub.Add(name, x); err != nil {
			return nil, err
		}
	}
	return &sub, nil
}

// TransformTo is the matrix that translates to another vocabulary: Σ other_k
// v_kᵀ over the pointers that both have by name.
func (v *Vocabulary) TransformTo(other *Vocabulary) (connect.Dense, error) {
	m := zeros(other.Dimensions, v.Dimensions)
	common := 0
	for _, name := range v.names {
		to, ok := other.vectors[name]
		if !ok {
			continue
		}
		common++
		for i, y := range to {
			for j, x := range v.vectors[name] {
				m[i][j] += float64(y * x)
			}
		}
	}
	if common == 0 {
		return nil, fmt.Errorf("%s and %s have no pointer in common", v, other)
	}
	return m, nil
}

func scale(x []float64, factor float64) []float64 {
	y := make([]float64, len(x))
	for i := range x {
		y[i] = float64(factor * x[i])
	}
	return y
}
