package spa

// quantity is a vector, or a number where there is none.
type quantity struct {
	vector []float64
	number float64
}

// Parse gives the vector of an expression of pointers: "A*B + 0.5*~C".
func (v *Vocabulary) Parse(text string) ([]float64, error) {
	e, err := parse(text, (*parser).sum)
	if err != nil {
		return nil, err
	}
	q, err := evaluate(e, text, v)
	if err != nil {
		return nil, err
	}
	return v.asVector(q, e, text)
}

// asVector takes 0 and 1 for no vector and the identity.
func (v *Vocabulary) asVector(q quantity, e *expr, text string) ([]float64, error) {
	switch {
	case q.vector != nil:
		return q.vector, nil
	case q.number == 0:
		return make([]float64, v.Dimensions), nil
	case q.number == 1:
		return v.Algebra.Identity(v.Dimensions), nil
	}
	return nil, &TextError{text, e.at, "a number where a vector is wanted", "write a pointer, or 0 or 1 for no vector and the identity"}
}

// fixed says whether an expression has no modules.
func (e *expr) fixed() bool {
	if e.kind == module {
		return false
	}
	for _, arg := range e.args {
		if !arg.fixed() {
			return false
		}
	}
	return true
}

// evaluate computes an expression of pointers and numbers.
func evaluate(e *expr, text string, v *Vocabulary) (quantity, error) {
	fail := func(problem, remedy string) (quantity, error) {
		return quantity{}, &TextError{text, e.at, problem, remedy}
	}
	switch e.kind {
	case number:
		return quantity{number: e.value}, nil
	case pointer:
		if v == nil {
			return fail("it cannot be told of which vocabulary "+e.name+" is", "use it beside a module of that vocabulary")
		}
		if x := v.lookup(e.name); x != nil {
			return quantity{vector: x}, nil
		}
		return fail(v.unknown(e.name))
	case module:
		return fail("a module, "+e.name+", where only pointers can stand", "begin the names of pointers with a capital letter")
	}
	args := make([]quantity, len(e.args))
	for i, arg := range e.args {
		q, err := evaluate(arg, text, v)
		if err != nil {
			return q, err
		}
		args[i] = q
	}
	return combine(e, args, v, fail)
}

// combine applies an operation to what its arguments are.
func combine(e *expr, args []quantity, v *Vocabulary, fail func(problem, remedy string) (quantity, error)) (quantity, error) {
	a := args[0]
	switch e.kind {
	case negative:
		return scaled(a, -1), nil
	case sum, difference:
		return added(e, a, args[1], fail)
	case product:
		return multiplied(a, args[1], v), nil
	case call:
		if e.name != "dot" {
			return a, nil // of the same vocabulary: as it is
		}
		if a.vector == nil || args[1].vector == nil {
			return fail("dot of a number", "give two vectors")
		}
		return quantity{number: dot(a.vector, args[1].vector)}, nil
	}
	if a.vector == nil {
		return fail("a number where a vector is wanted", "write a pointer")
	}
	if e.kind == inverse {
		return quantity{vector: inverted(v.Algebra, a.vector)}, nil
	}
	return quantity{vector: v.apply(e.name, a.vector)}, nil
}

func scaled(q quantity, factor float64) quantity {
	if q.vector == nil {
		return quantity{number: float64(factor * q.number)}
	}
	return quantity{vector: scale(q.vector, factor)}
}

// multiplied binds vectors, multiplies numbers and scales.
func multiplied(a, b quantity, v *Vocabulary) quantity {
	switch {
	case a.vector == nil:
		return scaled(b, a.number)
	case b.vector == nil:
		return scaled(a, b.number)
	}
	return quantity{vector: v.Algebra.Bind(a.vector, b.vector)}
}

func added(e *expr, a, b quantity, fail func(problem, remedy string) (quantity, error)) (quantity, error) {
	if e.kind == difference {
		b = scaled(b, -1)
	}
	if a.vector == nil && b.vector == nil {
		return quantity{number: a.number + b.number}, nil
	}
	if a.vector == nil || b.vector == nil {
		if a.vector == nil && a.number == 0 {
			return b, nil
		}
		if b.vector == nil && b.number == 0 {
			return a, nil
		}
		return fail("a vector and a number cannot be added", "write Identity for the vector that 1 stands for")
	}
	out := make([]float64, len(a.vector))
	for i := range out {
		out[i] = a.vector[i] + b.vector[i]
	}
	return quantity{vector: out}, nil
}
