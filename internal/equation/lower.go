package equation

import "soma/internal/kernel"

// moment is what names mean at one point of the step.
type moment struct {
	vars  []ref // of the state variables
	time  ref
	fires ref // not_refractory
	// weight of arriving spikes, in receptors; absent elsewhere.
	weight ref
	named  map[string]ref // expressions with a name
}

// lowering turns expressions into values of a graph.
type lowering struct {
	*Graph
	m        *Model
	dt       float64
	problems *Problems
	field    string
	noises   []string // names of noise terms, in the order of their numbers
	draws    int      // random numbers, the noise terms first
	numbered bool     // the number of the neuron occurs
}

// at begins a moment.
func (l *lowering) at(vars []ref, time int, fires ref) *moment {
	return &moment{vars: vars, time: l.leaf(leafTime, time), fires: fires, weight: absent, named: map[string]ref{}}
}

// set gives a variable a new value from now on.
func (t *moment) set(k int, value ref) {
	vars := append([]ref(nil), t.vars...)
	vars[k] = value
	t.vars, t.named = vars, map[string]ref{}
}

var comparisons = map[string]kernel.Op{"<": kernel.Less, "<=": kernel.AtMost, "==": kernel.Equal, "!=": kernel.NotEqual}

// lower gives the value of an expression at a moment.
func (l *lowering) lower(e *Expr, t *moment) ref {
	switch e.Op {
	case "number":
		return l.constant(e.Value)
	case "name":
		return l.lowerName(e, t)
	}
	args := make([]ref, len(e.Args))
	known := true
	for i, a := range e.Args {
		args[i] = l.lower(a, t)
		x, ok := l.value(args[i])
		known = known && ok && finite(x)
	}
	r := l.operation(e, args)
	if x, ok := l.value(r); ok && known && !finite(x) {
		l.problems.add(l.field, e.At, "mend the values", "%s is %g", e, x)
	} else if (e.Op == "/" || e.Op == "%") && l.is(args[1], 0) {
		l.problems.add(l.field, e.At, "mend the values", "%s divides by 0: %s is 0", e, e.Args[1])
	}
	return r
}

func (l *lowering) operation(e *Expr, args []ref) ref {
	switch e.Op {
	case "+":
		return l.add(args[0], args[1])
	case "-":
		return l.sub(args[0], args[1])
	case "*":
		return l.mul(args[0], args[1])
	case "/":
		return l.div(args[0], args[1])
	case "%": // with the sign of the divisor, as in Python
		return l.sub(args[0], l.mul(l.apply(kernel.Floor, l.div(args[0], args[1])), args[1]))
	case "**":
		return l.power(args[0], args[1])
	case "neg":
		return l.neg(args[0])
	case "not":
		return l.not(args[0])
	case "and":
		return l.mul(l.truth(args[0]), l.truth(args[1]))
	case "or":
		return l.apply(kernel.Max, l.truth(args[0]), l.truth(args[1]))
	case ">":
		return l.apply(kernel.Less, args[1], args[0])
	case ">=":
		return l.apply(kernel.AtMost, args[1], args[0])
	case "call":
		return l.call(e, args)
	}
	return l.apply(comparisons[e.Op], args[0], args[1])
}

var unary = map[string]kernel.Op{
	"exp": kernel.OpExp, "expm1": kernel.OpExpm1, "exprel": kernel.Exprel, "log": kernel.OpLog, "log1p": kernel.OpLog1p,
	"sin": kernel.Sin, "cos": kernel.Cos, "tan": kernel.Tan, "sinh": kernel.Sinh, "cosh": kernel.Cosh, "tanh": kernel.Tanh,
	"arcsin": kernel.Asin, "arccos": kernel.Acos, "arctan": kernel.Atan,
	"sqrt": kernel.Sqrt, "abs": kernel.Abs, "floor": kernel.Floor, "ceil": kernel.Ceil, "int": kernel.Trunc,
}

// log10e is 1/log 10.
const log10e = 0.43429448190325182765

func (l *lowering) call(e *Expr, args []ref) ref {
	if op, ok := unary[e.Name]; ok {
		if e.Name == "int" && l.isTruth(args[0]) {
			return args[0]
		}
		return l.apply(op, args[0])
	}
	zero := l.constant(0)
	switch e.Name {
	case "log10":
		return l.mul(l.apply(kernel.OpLog, args[0]), l.constant(log10e))
	case "sign":
		return l.sub(l.apply(kernel.Less, zero, args[0]), l.apply(kernel.Less, args[0], zero))
	case "heaviside":
		return l.apply(kernel.Less, zero, args[0])
	case "min":
		return l.apply(kernel.Min, args[0], args[1])
	case "max":
		return l.apply(kernel.Max, args[0], args[1])
	case "clip":
		return l.apply(kernel.Min, l.apply(kernel.Max, args[0], args[1]), args[2])
	case "where":
		return l.choose(args[0], args[1], args[2])
	case "pow":
		return l.power(args[0], args[1])
	case "rand":
		return l.draw(leafRand)
	}
	return l.draw(leafRandn) // randn is the last
}

func (l *lowering) draw(leaf kernel.Op) ref {
	l.draws++
	return l.leaf(leaf, l.draws-1)
}

func (l *lowering) lowerName(e *Expr, t *moment) ref {
	if t.weight != absent && e.Name == weightName {
		return t.weight
	}
	name := e.Name
	if t.weight != absent {
		name = (&scope{weight: weightName, model: l.m}).own(name)
	}
	if k, ok := l.m.rows[name]; ok {
		return t.vars[k]
	}
	if x, ok := l.m.values[name]; ok {
		return l.constant(x)
	}
	if d := l.m.definitions[name]; d != nil {
		if r, ok := t.named[name]; ok {
			return r
		}
		r := l.lower(d.Expr, t)
		t.named[name] = r
		return r
	}
	switch name {
	case "t":
		return t.time
	case "dt":
		return l.constant(l.dt)
	case "i":
		l.numbered = true
		return l.leaf(leafNeuron, 0)
	case "not_refractory":
		return t.fires
	case inputName:
		return l.leaf(leafInput, 0)
	}
	if x, ok := numbers[name]; ok {
		return l.constant(x)
	}
	if u, ok := units[name]; ok {
		return l.constant(u.scale)
	}
	return l.noise(name)
}

// noise is a placeholder for white noise, which each method makes something of.
func (l *lowering) noise(name string) ref {
	for k, n := range l.noises {
		if n == name {
			return l.leaf(leafNoise, k)
		}
	}
	l.noises = append(l.noises, name)
	l.draws = len(l.noises)
	return l.leaf(leafNoise, len(l.noises)-1)
}
