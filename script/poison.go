package script

import (
	"go.starlark.net/starlark"
	"go.starlark.net/syntax"
)

// poison is the value of an expression with a mistake that is reported already.
// Whatever is done with it gives poison again, and no further errors.
type poison struct{}

// poisonType appears in the messages of the interpreter about poison, which are
// therefore never shown.
const poisonType = "unknown value"

var (
	_ starlark.Callable    = (*poison)(nil)
	_ starlark.HasSetField = (*poison)(nil)
	_ starlark.HasSetKey   = (*poison)(nil)
	_ starlark.Sliceable   = (*poison)(nil)
	_ starlark.Sequence    = (*poison)(nil)
	_ starlark.Container   = (*poison)(nil)
	_ starlark.HasBinary   = (*poison)(nil)
	_ starlark.HasUnary    = (*poison)(nil)
)

func (p *poison) String() string        { return poisonType }
func (p *poison) Type() string          { return poisonType }
func (p *poison) Freeze()               {}
func (p *poison) Truth() starlark.Bool  { return false } // so that no loop waits for it
func (p *poison) Hash() (uint32, error) { return 0, nil }
func (p *poison) Name() string          { return poisonType }

func (p *poison) CallInternal(*starlark.Thread, starlark.Tuple, []starlark.Tuple) (starlark.Value, error) {
	return p, nil
}

func (p *poison) Attr(string) (starlark.Value, error)              { return p, nil }
func (p *poison) AttrNames() []string                              { return nil }
func (p *poison) SetField(string, starlark.Value) error            { return nil }
func (p *poison) Get(starlark.Value) (starlark.Value, bool, error) { return p, true, nil }
func (p *poison) SetKey(k, v starlark.Value) error                 { return nil }
func (p *poison) Has(starlark.Value) (bool, error)                 { return false, nil }
func (p *poison) Len() int                                         { return 1 }
func (p *poison) Index(int) starlark.Value                         { return p }
func (p *poison) Slice(start, end, step int) starlark.Value        { return p }
func (p *poison) Unary(syntax.Token) (starlark.Value, error)       { return p, nil }
func (p *poison) Iterate() starlark.Iterator                       { return &poisonIterator{p, false} }

func (p *poison) Binary(syntax.Token, starlark.Value, starlark.Side) (starlark.Value, error) {
	return p, nil
}

// poisonIterator gives poison once, so that the body of a loop is looked at.
type poisonIterator struct {
	poison *poison
	done   bool
}

func (it *poisonIterator) Next(v *starlark.Value) bool {
	if it.done {
		return false
	}
	*v, it.done = it.poison, true
	return true
}

func (it *poisonIterator) Done() {}

func isPoison(v starlark.Value) bool {
	_, bad := v.(*poison)
	return bad
}

// tainted says whether a value is poison or a collection with poison in it.
func tainted(v starlark.Value) bool {
	switch v := v.(type) {
	case *poison:
		return true
	case *starlark.List:
		for i := range v.Len() {
			if isPoison(v.Index(i)) {
				return true
			}
		}
	case starlark.Tuple:
		for _, item := range v {
			if isPoison(item) {
				return true
			}
		}
	case *starlark.Dict:
		for _, item := range v.Items() {
			if isPoison(item[0]) || isPoison(item[1]) {
				return true
			}
		}
	}
	return false
}
