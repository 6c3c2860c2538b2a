package kernel

import "slices"

// opRoutines are the routines of AVX2 and AVX-512; operations without any are
// computed element by element.
var opRoutines = [Ops][2]func(**float64){
	Move:       {opMoveAVX2, opMoveAVX512},
	Neg:        {opNegAVX2, opNegAVX512},
	Abs:        {opAbsAVX2, opAbsAVX512},
	Sqrt:       {opSqrtAVX2, opSqrtAVX512},
	Floor:      {opFloorAVX2, opFloorAVX512},
	Ceil:       {opCeilAVX2, opCeilAVX512},
	Trunc:      {opTruncAVX2, opTruncAVX512},
	OpExp:      {opExpAVX2, opExpAVX512},
	OpExpm1:    {opExpm1AVX2, opExpm1AVX512},
	Exprel:     {opExprelAVX2, opExprelAVX512},
	OpLog:      {opLogAVX2, opLogAVX512},
	OpLog1p:    {opLog1pAVX2, opLog1pAVX512},
	Sin:        {opSinAVX2, opSinAVX512},
	Cos:        {opCosAVX2, opCosAVX512},
	Tanh:       {opTanhAVX2, opTanhAVX512},
	Pow:        {opPowAVX2, opPowAVX512},
	Add:        {opAddAVX2, opAddAVX512},
	Sub:        {opSubAVX2, opSubAVX512},
	Mul:        {opMulAVX2, opMulAVX512},
	Div:        {opDivAVX2, opDivAVX512},
	Min:        {opMinAVX2, opMinAVX512},
	Max:        {opMaxAVX2, opMaxAVX512},
	Less:       {opLessAVX2, opLessAVX512},
	AtMost:     {opAtMostAVX2, opAtMostAVX512},
	Equal:      {opEqualAVX2, opEqualAVX512},
	NotEqual:   {opNotEqualAVX2, opNotEqualAVX512},
	MulAdd:     {opMulAddAVX2, opMulAddAVX512},
	MulSub:     {opMulSubAVX2, opMulSubAVX512},
	SubMul:     {opSubMulAVX2, opSubMulAVX512},
	Select:     {opSelectAVX2, opSelectAVX512},
	Tick:       {opTickAVX2, opTickAVX512},
	LessUnless: {opLessUnlessAVX2, opLessUnlessAVX512},
	Approach:   {opApproachAVX2, opApproachAVX512},
	MulMulAdd:  {opMulMulAddAVX2, opMulMulAddAVX512},
}

// stopping routines leave elements that take a longer way to Scalar.
var stopping = [Ops]bool{Sin: true, Cos: true, Tanh: true, Pow: true}

func opVector(l Level, op Op, x *Operands) int {
	lanes := l.lanes()
	n := len(x.Dst) &^ (lanes - 1)
	routine := opRoutines[op][l-AVX2]
	if n == 0 || routine == nil {
		return 0
	}
	width := 8 * lanes
	args := &x.args
	args.dst, args.n = &x.Dst[0], n
	args.a, args.stepA = &x.A[0], width*x.StepA
	switch op.Args() {
	case 4:
		args.d, args.stepD = &x.D[0], width*x.StepD
		fallthrough
	case 3:
		args.c, args.stepC = &x.C[0], width*x.StepC
		fallthrough
	case 2:
		args.b, args.stepB = &x.B[0], width*x.StepB
	}
	routine(&args.dst)
	if stopping[op] {
		op.finish(lanes, x, n, routine)
	}
	return n
}

// finish goes on where a routine has stopped: it does a vector element by element.
func (op Op) finish(lanes int, x *Operands, n int, routine func(**float64)) {
	args := &x.args
	for first := args.done; first < n; first += args.done {
		last := first + lanes
		for i := first; i < last; i++ {
			b := 0.0
			if op == Pow {
				b = x.B[i*x.StepB]
			}
			x.Dst[i] = op.Scalar(x.A[i*x.StepA], b, 0, 0)
		}
		first, args.done = last, 0
		if args.n = n - first; args.n > 0 {
			args.dst, args.a = &x.Dst[first], &x.A[first*x.StepA]
			if op == Pow {
				args.b = &x.B[first*x.StepB]
			}
			routine(&args.dst)
		}
	}
}

func whereVector(l Level, x []float64, list []int32) (done int, _ []int32) {
	found := len(list)
	list = slices.Grow(list, len(x)+8)
	done = blocks(len(x), l.lanes(), func(from, to int) {
		first := found
		room := list[found:cap(list)]
		if l == AVX512 {
			found += whereAVX512(x[from:to], room)
		} else {
			found += whereAVX2(x[from:to], room)
		}
		for i := range room[:found-first] {
			room[i] += int32(from)
		}
	})
	return done, list[:found]
}

func normalsVector(l Level, n *Normals, dst []float64, first, draw uint64) int {
	return blocks(len(dst), l.lanes(), func(from, to int) {
		if l == AVX512 {
			normalsAVX512(dst[from:to], &n.keys, first+uint64(from), draw)
		} else {
			normalsAVX2(dst[from:to], &n.keys, first+uint64(from), draw)
		}
	})
}

func quantileVector(l Level, dst, src []float64) int {
	return blocks(len(dst), l.lanes(), func(from, to int) {
		if l == AVX512 {
			quantileAVX512(dst[from:to], src[from:to])
		} else {
			quantileAVX2(dst[from:to], src[from:to])
		}
	})
}
