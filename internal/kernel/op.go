package kernel

import (
	"math"

	"soma/internal/elementary"
)

// An Op is an operation on rows of numbers, element by element: what the
// equations of a neuron are compiled to.
type Op int

// The operations on a, b, c and d. A comparison gives 1 where it holds, else 0.
// Products are rounded before they are added.
const (
	Move       Op = iota // a
	Neg                  // -a
	Abs                  // |a|
	Sqrt                 // √a
	Floor                // the whole number below
	Ceil                 // the whole number above
	Trunc                // the whole number towards 0
	OpExp                // e^a
	OpExpm1              // e^a - 1
	Exprel               // (e^a - 1)/a, 1 at 0
	OpLog                // log a
	OpLog1p              // log(1 + a)
	Sin                  // sin a
	Cos                  // cos a
	Tan                  // tan a
	Sinh                 // sinh a
	Cosh                 // cosh a
	Tanh                 // tanh a
	Asin                 // arc sine
	Acos                 // arc cosine
	Atan                 // arc tangent
	Add                  // a + b
	Sub                  // a - b
	Mul                  // a·b
	Div                  // a/b
	Min                  // a if a < b, else b
	Max                  // a if a > b, else b
	Less                 // a < b
	AtMost               // a ≤ b
	Equal                // a = b
	NotEqual             // a ≠ b
	Pow                  // a^b
	MulAdd               // a·b + c
	MulSub               // a·b - c
	SubMul               // c - a·b
	Select               // b where a ≠ 0, else c
	Tick                 // a - b, or 0 where that is below c
	LessUnless           // a < b, where c = 0
	Approach             // c + exprel(a)·(a·c + b): exponential Euler
	MulMulAdd            // a·b + c·d
	Ops                  // how many there are
)

var opNames = [Ops]string{
	"move", "neg", "abs", "sqrt", "floor", "ceil", "trunc", "exp", "expm1", "exprel", "log", "log1p",
	"sin", "cos", "tan", "sinh", "cosh", "tanh", "arcsin", "arccos", "arctan",
	"add", "sub", "mul", "div", "min", "max", "less", "at_most", "equal", "not_equal", "pow",
	"mul_add", "mul_sub", "sub_mul", "select", "tick", "less_unless", "approach", "mul_mul_add",
}

// String returns the name of the operation.
func (op Op) String() string { return opNames[op] }

// Args is the number of operands.
func (op Op) Args() int {
	switch {
	case op < Add:
		return 1
	case op < MulAdd:
		return 2
	case op < MulMulAdd:
		return 3
	}
	return 4
}

// Scalar computes the operation on single numbers: its definition.
func (op Op) Scalar(a, b, c, d float64) float64 {
	switch op {
	case Move:
		return a
	case Neg:
		return -a
	case Abs:
		return math.Abs(a)
	case Sqrt:
		return math.Sqrt(a)
	case Floor:
		return math.Floor(a)
	case Ceil:
		return math.Ceil(a)
	case Trunc:
		return math.Trunc(a)
	case OpExp:
		return elementary.Exp(a)
	case OpExpm1:
		return elementary.Expm1(a)
	case Exprel:
		return elementary.Exprel(a)
	case OpLog:
		return elementary.Log(a)
	case OpLog1p:
		return elementary.Log1p(a)
	case Sin:
		return elementary.Sin(a)
	case Cos:
		return elementary.Cos(a)
	case Tan:
		return elementary.Tan(a)
	case Sinh:
		return elementary.Sinh(a)
	case Cosh:
		return elementary.Cosh(a)
	case Tanh:
		return elementary.Tanh(a)
	case Asin:
		return elementary.Asin(a)
	case Acos:
		return elementary.Acos(a)
	case Atan:
		return elementary.Atan(a)
	}
	return op.scalar2(a, b, c, d)
}

func (op Op) scalar2(a, b, c, d float64) float64 {
	switch op {
	case Add:
		return a + b
	case Sub:
		return a - b
	case Mul:
		return float64(a * b)
	case Div:
		return a / b
	case Min:
		if a < b {
			return a
		}
		return b
	case Max:
		if a > b {
			return a
		}
		return b
	case Less:
		return truth(a < b)
	case AtMost:
		return truth(a <= b)
	case Equal:
		return truth(a == b)
	case NotEqual:
		return truth(a != b)
	case Pow:
		return elementary.Pow(a, b)
	case MulAdd:
		return float64(a*b) + c
	case MulSub:
		return float64(a*b) - c
	case SubMul:
		return c - float64(a*b)
	case Select:
		if a != 0 {
			return b
		}
		return c
	case Tick:
		if left := a - b; c <= left {
			return left
		}
		return 0
	case LessUnless:
		return truth(a < b && c == 0)
	case Approach:
		return c + float64(elementary.Exprel(a)*(float64(c*a)+b))
	}
	return float64(a*b) + float64(c*d)
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// Uniform is what a row holds that stands for one number: enough copies for a
// vector of any level.
const Uniform = 8

// Operands are the rows of an operation. Those with a step of 0 are Uniform
// rows; the others are as long as Dst, which may be one of them.
type Operands struct {
	Dst        []float64
	A, B, C, D []float64
	// StepA … are 1, or 0 for one number.
	StepA, StepB, StepC, StepD int

	args opArgs
}

// opArgs are the arguments of the routines of operations; the generator knows
// the offsets of the fields. They are part of the Operands because the compiler
// would allocate them for every call.
type opArgs struct {
	dst, a, b, c, d            *float64
	n                          int
	stepA, stepB, stepC, stepD int // in bytes, for one vector
	done                       int // of routines that may stop
}

// Apply sets Dst[i] to op of the i-th elements of the operands.
func (op Op) Apply(level Level, x *Operands) {
	done := 0
	if level.usable() > Portable {
		done = opVector(level.usable(), op, x)
	}
	if done < len(x.Dst) {
		op.portable(x, done)
	}
}

// portable does the elements from the first on. The commonest operations have
// loops of their own, which compute the same.
func (op Op) portable(x *Operands, first int) {
	dst, a, b, c := x.Dst, x.A, x.B, x.C
	ia, ib, ic := x.StepA*first, x.StepB*first, x.StepC*first
	switch op {
	case Add:
		for i := first; i < len(dst); i++ {
			dst[i] = a[ia] + b[ib]
			ia, ib = ia+x.StepA, ib+x.StepB
		}
	case Sub:
		for i := first; i < len(dst); i++ {
			dst[i] = a[ia] - b[ib]
			ia, ib = ia+x.StepA, ib+x.StepB
		}
	case Mul:
		for i := first; i < len(dst); i++ {
			dst[i] = float64(a[ia] * b[ib])
			ia, ib = ia+x.StepA, ib+x.StepB
		}
	case MulAdd:
		for i := first; i < len(dst); i++ {
			dst[i] = float64(a[ia]*b[ib]) + c[ic]
			ia, ib, ic = ia+x.StepA, ib+x.StepB, ic+x.StepC
		}
	default:
		op.general(x, first)
	}
}

func (op Op) general(x *Operands, first int) {
	at := func(row []float64, i int) float64 {
		if row == nil {
			return 0
		}
		return row[i]
	}
	for i := first; i < len(x.Dst); i++ {
		x.Dst[i] = op.Scalar(at(x.A, i*x.StepA), at(x.B, i*x.StepB), at(x.C, i*x.StepC), at(x.D, i*x.StepD))
	}
}

// Where appends to list the indices of the elements of x that are not 0.
func Where(level Level, x []float64, list []int32) []int32 {
	done := 0
	if level.usable() > Portable {
		done, list = whereVector(level.usable(), x, list)
	}
	for i := done; i < len(x); i++ {
		if x[i] != 0 {
			list = append(list, int32(i))
		}
	}
	return list
}
