package spa

// what is what an expression gives, as far as its text tells.
type what struct {
	shape shape
	vocab *Vocabulary // of vectors, where it is known
}

type shape int

const (
	anyNumber shape = iota // a number that is written: also 0 or 1 for a vector
	scalar
	vector
)

// compiler turns text into networks.
type compiler struct {
	text    string
	modules Modules
}

func (c *compiler) fail(e *expr, problem, remedy string) {
	panic(&TextError{c.text, e.at, problem, remedy})
}

// typeOf finds what an expression gives.
func (c *compiler) typeOf(e *expr) what {
	switch e.kind {
	case number:
		return what{shape: anyNumber}
	case pointer:
		return what{shape: vector}
	case module:
		m := c.module(e)
		if m.out() == nil {
			return what{shape: scalar}
		}
		return what{vector, m.out()}
	case call:
		for _, arg := range e.args {
			if t := c.typeOf(arg); t.shape == scalar || t.shape == anyNumber && e.name == "dot" {
				c.fail(arg, e.name+" of a number", "give vectors")
			}
		}
		if e.name == "dot" {
			return what{shape: scalar}
		}
		return what{shape: vector}
	case sum, difference:
		return c.joint(e, c.typeOf(e.args[0]), c.typeOf(e.args[1]), true)
	case product:
		return c.joint(e, c.typeOf(e.args[0]), c.typeOf(e.args[1]), false)
	}
	t := c.typeOf(e.args[0])
	if t.shape == scalar && e.kind != negative {
		c.fail(e, "a number where a vector is wanted", "write a pointer or a module that represents one")
	}
	return t
}

// joint is what an operation on two things gives.
func (c *compiler) joint(e *expr, a, b what, additive bool) what {
	switch {
	case a.shape == vector && b.shape == vector:
		if a.vocab != nil && b.vocab != nil && a.vocab != b.vocab {
			c.fail(e, "vectors of "+a.vocab.String()+" and of "+b.vocab.String(), "write translate(…) around one of them")
		}
		if a.vocab == nil {
			return b
		}
		return a
	case additive && (a.shape == vector && b.shape == scalar || a.shape == scalar && b.shape == vector):
		c.fail(e, "a vector and a number cannot be added", "multiply the number by a pointer")
	case a.shape > b.shape:
		return a
	}
	return b
}

// module is the module of an expression.
func (c *compiler) module(e *expr) Module {
	m := c.named(e.name, e.at)
	if m.Output == nil {
		c.fail(e, e.name+" has no output", "use it behind an arrow")
	}
	return m
}

// named finds a module.
func (c *compiler) named(name string, at int) Module {
	m, ok := c.modules[name]
	if !ok {
		problem, remedy := c.modules.unknown(name)
		panic(&TextError{c.text, at, problem, remedy})
	}
	return m
}
