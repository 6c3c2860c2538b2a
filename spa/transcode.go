package spa

import (
	"cmp"
	"slices"

	"soma"
	"soma/internal/param"
	"soma/nef"
	"soma/signal"
)

// A Transcode gives semantic pointers to a model, each from its time on until the
// next; or takes what another object gives for vectors of a vocabulary.
type Transcode struct {
	Vocab  *Vocabulary   `param:"vocab" doc:"vocabulary of the pointers"`
	Pieces []Piece       // what it gives
	From   soma.Endpoint // or what gives it

	*soma.Network
	Output *soma.Node `end:"output" doc:"the vector"`
}

// A Piece is an expression of pointers from a time on.
type Piece struct {
	Time float64 // s
	Text string
}

// Check reports what is wrong with the parameters.
func (t Transcode) Check() []param.Problem {
	problems := needsVocabulary("vocab", t.Vocab)
	if len(problems) > 0 {
		return problems
	}
	if len(t.Pieces) == 0 && t.From == nil {
		return []param.Problem{{Field: "value", Problem: "no pointers", Remedy: "give an expression, such as \"A*B\""}}
	}
	for _, p := range t.Pieces {
		if _, err := t.Vocab.Parse(p.Text); err != nil {
			problems = append(problems, param.Problem{Field: "value", Problem: err.Error()})
		}
	}
	return problems
}

// Add makes the network.
func (t Transcode) Add(net *soma.Network, name string) *Transcode {
	wrong := len(t.Check()) > 0
	sub, t := nef.Begin(net, name, t)
	t.Network, t.Vocab = sub, orEmpty(t.Vocab)
	if wrong {
		t.Pieces = []Piece{{0, "0"}}
	}
	if t.From != nil {
		t.Output = sub.Passthrough("output", t.Vocab.Dimensions)
		direct(sub, t.From, t.Output)
		nef.Finish(sub)
		return &t
	}
	pieces := slices.Clone(t.Pieces)
	slices.SortStableFunc(pieces, func(a, b Piece) int { return cmp.Compare(a.Time, b.Time) })
	var source signal.Piecewise
	for _, p := range pieces {
		vector, _ := t.Vocab.Parse(p.Text) // checked
		source.Times, source.Values = append(source.Times, p.Time), append(source.Values, vector)
	}
	t.Output = sub.Node("output", source)
	if len(pieces) == 1 && pieces[0].Time <= 0 {
		t.Output.Source = signal.Constant(source.Values[0])
	}
	nef.Finish(sub)
	return &t
}

// Module implements Modular.
func (t *Transcode) Module() Module { return Module{Output: t.Output, Vocab: t.Vocab} }
