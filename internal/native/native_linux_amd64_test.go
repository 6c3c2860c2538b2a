package native

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"soma/internal/kernel"
)

func levels(t *testing.T, test func(t *testing.T, level kernel.Level)) {
	for _, level := range kernel.Levels()[1:] {
		t.Run(level.String(), func(t *testing.T) { test(t, level) })
	}
}

// awkward are numbers where an operation may go wrong.
func awkward(random *rand.Rand, n int) []float64 {
	special := []float64{
		0, math.Copysign(0, -1), 1, -1, 0.5, 710, -746, 800, -800, 1e-300, 5e-324, -5e-324, math.MaxFloat64, -math.MaxFloat64,
		math.Inf(1), math.Inf(-1), math.NaN(), 0.34375, -0.34375, 0.343750001, 1e-17, 0x1p52, -64, 1e308,
	}
	x := make([]float64, n)
	for i := range x {
		switch random.IntN(4) {
		case 0:
			x[i] = special[random.IntN(len(special))]
		case 1:
			x[i] = 40*random.Float64() - 20
		default:
			x[i] = 0.6*random.Float64() - 0.3
		}
	}
	return x
}

func equal64(a, b float64) bool {
	return math.Float64bits(a) == math.Float64bits(b) || a != a && b != b
}

// rowsOf makes rows for a program.
func rowsOf(random *rand.Rand, p *Program, n int) [][]float64 {
	rows := make([][]float64, len(p.Places))
	for r, place := range p.Places {
		rows[r] = awkward(random, n)
		if place == Number {
			rows[r] = slices.Repeat(awkward(random, 1), kernel.Uniform)
		}
	}
	return rows
}

// interpret carries out a program element by element.
func interpret(p *Program, rows [][]float64, n int) {
	for i := range n {
		for turn := 0; turn < max(p.Limit, 1); turn++ {
			for _, ins := range p.Code {
				var x [4]float64
				for k, a := range ins.Args {
					if p.Places[a] == Number {
						x[k] = rows[a][0]
					} else {
						x[k] = rows[a][i]
					}
				}
				rows[ins.Dst][i] = ins.Op.Scalar(x[0], x[1], x[2], x[3])
			}
			if p.Again < 0 || rows[p.Again][i] == 0 {
				break
			}
		}
	}
}

func clone(rows [][]float64) (copies [][]float64) {
	for _, r := range rows {
		copies = append(copies, slices.Clone(r))
	}
	return copies
}

func check(t *testing.T, level kernel.Level, name string, p *Program, rows [][]float64, n int) {
	t.Helper()
	want := clone(rows)
	interpret(p, want, n)
	r := New(level, p)
	if r == nil {
		t.Fatalf("%s: no routine", name)
	}
	for i, place := range p.Places {
		if place == Number {
			copy(r.Number(i), rows[i])
		}
	}
	r.Run(rows, n)
	for i, place := range p.Places {
		for j := range rows[i] {
			if place != Temporary && !equal64(rows[i][j], want[i][j]) {
				t.Fatalf("%s: row %d, element %d: %x, want %x", name, i, j, rows[i][j], want[i][j])
			}
		}
	}
}

// Every operation gives the bits of its definition, with rows and single numbers,
// also where the result replaces an operand.
func TestOperations(t *testing.T) {
	levels(t, func(t *testing.T, level kernel.Level) {
		random := rand.New(rand.NewPCG(1, 2))
		for op := kernel.Move; op < kernel.Ops; op++ {
			if !Has(op) {
				if New(level, &Program{Places: make([]Place, 2), Code: []Instruction{{Op: op}}, Again: -1, List: -1}) != nil {
					t.Errorf("%v has a form", op)
				}
				continue
			}
			for uniform := range 1 << op.Args() {
				p := &Program{Places: make([]Place, 5), Code: []Instruction{{Op: op, Dst: 4, Args: [4]int{0, 1, 2, 3}}}, Again: -1, List: -1}
				for k := range op.Args() {
					if uniform>>k&1 == 1 {
						p.Places[k] = Number
					}
				}
				for _, dst := range []int{4, 0} {
					if p.Places[dst] == Memory {
						p.Code[0].Dst = dst
						check(t, level, fmt.Sprintf("%v into %d, numbers %b", op, dst, uniform), p, rowsOf(random, p, 256), 256)
					}
				}
			}
		}
	})
}

// randomProgram is a program of some length on some rows, of which the first few
// are numbers and the last few temporary.
func randomProgram(random *rand.Rand, length, rows int) *Program {
	p := &Program{Places: make([]Place, rows), Again: -1, List: -1}
	defined := make([]bool, rows)
	for r := range p.Places {
		switch {
		case r < rows/4:
			p.Places[r] = Number
		case r >= rows-rows/3:
			p.Places[r] = Temporary
		}
		defined[r] = p.Places[r] != Temporary
	}
	for len(p.Code) < length {
		ins := Instruction{Op: kernel.Op(random.IntN(int(kernel.Ops))), Dst: rows/4 + random.IntN(rows-rows/4)}
		if !Has(ins.Op) {
			continue
		}
		for k := range ins.Args {
			for ins.Args[k] = random.IntN(rows); !defined[ins.Args[k]]; {
				ins.Args[k] = random.IntN(rows)
			}
		}
		defined[ins.Dst] = true
		p.Code = append(p.Code, ins)
	}
	return p
}

// Programs of all sizes, with few and with many values at a time, equal their
// interpretation.
func TestProgramsEqualTheirInterpretation(t *testing.T) {
	levels(t, func(t *testing.T, level kernel.Level) {
		for seed := range uint64(150) {
			random := rand.New(rand.NewPCG(seed, 5))
			p := randomProgram(random, 1+random.IntN(120), 6+random.IntN(60))
			n := 8 * (1 + random.IntN(4))
			check(t, level, fmt.Sprintf("program %d", seed), p, rowsOf(random, p, n), n)
		}
	})
}

// A program that goes on until all lanes are done leaves in every lane what it
// leaves there alone: halving until below 1, at most 20 times.
func TestAgain(t *testing.T) {
	levels(t, func(t *testing.T, level kernel.Level) {
		const x, open, one, half, two = 0, 1, 2, 3, 4
		p := &Program{
			Places: []Place{Memory, Memory, Number, Number, Temporary},
			Code: []Instruction{
				{kernel.Mul, two, [4]int{x, half}},
				{kernel.Less, open, [4]int{one, x}},
				{kernel.Select, x, [4]int{open, two, x}},
				{kernel.Less, open, [4]int{one, x}},
			},
			Again: open, Limit: 20, List: -1,
		}
		rows := [][]float64{{3, 1e300, 0.5, math.NaN(), math.Inf(1), 1000, 17, 1, -5, 2, 4, 8, 16, 32, 64, 1e5}, make([]float64, 16), slices.Repeat([]float64{1}, 8), slices.Repeat([]float64{0.5}, 8), nil}
		rows[two] = make([]float64, 16)
		check(t, level, "halving", p, rows, 16)
	})
}

// Swapping rows works although a value may be in the row that is written first.
func TestSwap(t *testing.T) {
	levels(t, func(t *testing.T, level kernel.Level) {
		p := &Program{
			Places: []Place{Memory, Memory, Temporary},
			Code:   []Instruction{{kernel.Move, 2, [4]int{0}}, {kernel.Move, 0, [4]int{1}}, {kernel.Move, 1, [4]int{2}}},
			Again:  -1,
			List:   -1,
		}
		random := rand.New(rand.NewPCG(3, 3))
		check(t, level, "swap", p, rowsOf(random, p, 16), 16)
	})
}

// The list has the neurons whose number is not 0, with or without a comparison
// before it.
func TestListed(t *testing.T) {
	levels(t, func(t *testing.T, level kernel.Level) {
		random := rand.New(rand.NewPCG(7, 3))
		for _, op := range []kernel.Op{kernel.Less, kernel.Mul} {
			p := &Program{Places: make([]Place, 3), Code: []Instruction{{op, 2, [4]int{0, 1}}}, Again: -1, List: 2}
			for _, n := range []int{8, 16, 64, 72, 512, 520} {
				rows := rowsOf(random, p, n)
				var want []int32
				for i := range n - 3 {
					if op.Scalar(rows[0][i], rows[1][i], 0, 0) != 0 {
						want = append(want, int32(i))
					}
				}
				r := New(level, p)
				r.Run(rows, n)
				if got := r.Listed(n-3, nil); !slices.Equal(got, want) {
					t.Errorf("%v, %d neurons: %v, want %v", op, n, got, want)
				}
			}
		}
	})
}
