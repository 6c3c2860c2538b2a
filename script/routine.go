package script

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"sync"

	"go.starlark.net/starlark"

	"soma"
)

// routine is a function of a model file as the network calls it: of the time t
// (seconds), of the values x, or of both. It may be used from several
// goroutines, each with a caller of its own.
type routine struct {
	fn     starlark.Callable
	pos    soma.Position
	object func() string // path of the object it belongs to
	field  string
	call   *call // that made the object

	time, input bool    // which parameters it has
	distance    bool    // the time is a distance
	width       int     // length of x
	start       float64 // the first time at which it is called
	size        int     // number of results; 0 until measured

	prepare func() bool   // sets width; false: it cannot be known
	ready   func(ok bool) // takes the routine when it can be called

	measured, failed bool
	program          *program         // the compiled function, or nil
	files            map[string]*file // of the model
	callers          sync.Pool
}

// badParameters says when the function's parameters do not fit.
func (r *routine) badParameters() (problem, remedy string) {
	f, ok := r.fn.(*starlark.Function)
	if !ok {
		return "", ""
	}
	var want []string
	switch {
	case r.distance:
		want = append(want, "d")
	case r.time:
		want = append(want, "t")
	}
	if r.input {
		want = append(want, "x")
	}
	required, most := 0, f.NumParams()
	for i := range f.NumParams() {
		if i < f.NumParams()-f.NumKwonlyParams() && f.ParamDefault(i) == nil {
			required++
		}
	}
	if f.HasVarargs() {
		required, most = required-1, math.MaxInt
	}
	if required <= len(want) && len(want) <= most {
		return "", ""
	}
	problem = fmt.Sprintf("the function takes %d arguments and is called with %s", f.NumParams(), strings.Join(want, " and "))
	if r.time && !r.distance && !r.input && f.NumParams() == 2 {
		return problem, "give size_in as well, the number of values of x"
	}
	return problem, "write lambda " + strings.Join(want, ", ") + ": …"
}

// measure finds the number of results by calling the function at its start with
// x = 0, and reports what is wrong. It is done once.
func (r *routine) measure(s *session) bool {
	if r.measured {
		return !r.failed
	}
	r.measured = true
	if r.prepare != nil && !r.prepare() {
		r.failed = true
		return false
	}
	r.files = s.files
	thread := s.thread
	s.thread = nil
	defer func() { s.thread = thread }()

	caller := r.newCaller()
	caller.reading = true
	value, err := caller.interpret(r.start, make([]float64, r.width))
	if err == nil {
		var n int
		if n, err = r.count(value); err == nil && r.size > 0 && n != r.size {
			err = r.error(fmt.Sprintf("it gives %d values, and size_out is %d", n, r.size), "make them equal, or leave size_out out")
		} else if err == nil {
			r.size = n
			err = caller.store(value, r.start, make([]float64, n))
		}
	}
	if err != nil {
		r.failed = true
		missing := s.ended && strings.Contains(err.Problem, "referenced before assignment")
		if !missing && !isFollowUp(err.Problem) {
			s.record(mistake{err: err, call: r.call})
		}
	}
	return err == nil
}

// prepareRoutines completes the functions when the whole file is known.
func (s *session) prepareRoutines() {
	for _, r := range s.routines {
		ok := r.measure(s)
		if ok {
			r.program = s.compile(r)
		} else {
			r.call.spoil(r.field)
		}
		r.ready(ok)
	}
}

// count is the number of values in a result.
func (r *routine) count(v starlark.Value) (int, *soma.Error) {
	switch v := v.(type) {
	case starlark.Float, starlark.Int, starlark.Bool:
		return 1, nil
	case *array:
		return len(v.data), nil
	case *starlark.List:
		return v.Len(), nil
	case starlark.Tuple:
		return len(v), nil
	case starlark.NoneType:
		return 0, r.error("it gives None", "end it with return and the values")
	}
	return 0, r.error("it gives "+describe(v), "give a number, a list of numbers or an array")
}

func (r *routine) error(problem, remedy string) *soma.Error {
	return &soma.Error{Pos: r.pos, Object: r.object(), Field: r.field, Problem: problem, Remedy: remedy}
}

// caller is what one goroutine needs to call a routine.
type caller struct {
	*routine
	thread  *starlark.Thread
	meter   meter
	args    starlark.Tuple
	reading bool   // the file is being read: no simulator is there to name the time
	x       *array // the same for all calls; the function cannot keep it
	env     env
}

func (r *routine) newCaller() *caller {
	c := &caller{routine: r, thread: &starlark.Thread{Name: "function", Print: func(*starlark.Thread, string) {}}}
	c.meter = meter{limit: stepsPerCall, files: r.files}
	if r.time {
		c.args = append(c.args, starlark.Float(0))
	}
	if r.input {
		c.x = &array{shape: []int{r.width}, frozen: true}
		c.args = append(c.args, c.x)
	}
	return c
}

// borrow and giveBack share callers among goroutines. One whose call failed is
// not given back.
func (r *routine) borrow() *caller {
	if c, ok := r.callers.Get().(*caller); ok {
		return c
	}
	return r.newCaller()
}

func (r *routine) giveBack(c *caller) { r.callers.Put(c) }

// evaluate writes the results of the function to out.
func (c *caller) evaluate(t float64, x, out []float64) error {
	if c.program != nil && c.program.run(&c.env, t, x, out) {
		return nil
	}
	value, err := c.interpret(t, x)
	if err == nil {
		err = c.store(value, t, out)
	}
	if err != nil {
		return err
	}
	return nil
}

// interpret calls the function in the interpreter.
func (c *caller) interpret(t float64, x []float64) (starlark.Value, *soma.Error) {
	if c.time {
		c.args[0] = starlark.Float(t)
	}
	if c.input {
		c.x.data = x
	}
	c.thread.Steps = 0
	c.meter.attach(c.thread)
	value, err := starlark.Call(c.thread, c.fn, c.args, nil)
	if err != nil {
		return nil, c.explain(err, t)
	}
	return value, nil
}

// explain turns an error of the interpreter into one about the object.
func (c *caller) explain(err error, t float64) *soma.Error {
	problem, remedy := explainEvaluation(err.Error())
	e := c.error(problem+c.at(t), remedy)
	if c.meter.where.Line > 0 {
		e.Pos = c.meter.where
		return e
	}
	var eval *starlark.EvalError
	if errors.As(err, &eval) {
		for i := range len(eval.CallStack) {
			if pos := eval.CallStack.At(i).Pos; c.files[pos.Filename()] != nil {
				e.Pos = position(pos)
				break
			}
		}
	}
	return e
}

// at names the time in an error while the file is read; the simulator names it
// in its own.
func (c *caller) at(t float64) string {
	if !c.time || !c.reading {
		return ""
	}
	if c.distance {
		return fmt.Sprintf(", at d = %g", t)
	}
	return fmt.Sprintf(", at t = %g s", t)
}

// store writes a result to out, after checking it.
func (c *caller) store(v starlark.Value, t float64, out []float64) *soma.Error {
	n, err := c.count(v)
	if err != nil {
		return err
	}
	if n != len(out) {
		return c.error(fmt.Sprintf("it gives %d values instead of %d%s", n, len(out), c.at(t)), "always give as many values")
	}
	if a, ok := v.(*array); ok {
		copy(out, a.data)
	} else if err := c.storeItems(v, t, out); err != nil {
		return err
	}
	for i, x := range out {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return c.error(fmt.Sprintf("value %d is %g%s", i, x, c.at(t)), "look for an overflow, or a difference of infinities")
		}
	}
	return nil
}

func (c *caller) storeItems(v starlark.Value, t float64, out []float64) *soma.Error {
	item := func(int) starlark.Value { return v }
	if list, ok := v.(starlark.Indexable); ok {
		item = list.Index
	}
	for i := range out {
		x, ok := numeric(item(i))
		if !ok {
			return c.error(fmt.Sprintf("value %d is %s%s", i, describe(item(i)), c.at(t)), "give numbers")
		}
		out[i] = x
	}
	return nil
}

// numeric gives the number of a value; truth values are 0 and 1.
func numeric(v starlark.Value) (float64, bool) {
	switch v := v.(type) {
	case starlark.Bool:
		if v {
			return 1, true
		}
		return 0, true
	case *array:
		if len(v.data) == 1 {
			return v.data[0], true
		}
	}
	return starlark.AsFloat(v)
}
