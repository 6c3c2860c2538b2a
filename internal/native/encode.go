package native

import "encoding/binary"

// assembler writes instructions of AVX2 (with VEX prefixes) or AVX-512 (with
// EVEX prefixes).
type assembler struct {
	wide   bool
	code   []byte
	visits int // instructions that go to memory
}

// The general registers in use; those of rows follow in rowRegisters.
const (
	rax = 0 // free for a moment
	rcx = 1 // where in the rows, in bytes
	rdx = 2 // the end of the rows, in bytes
	rsi = 6 // the table
	rdi = 7 // the arguments, then the addresses of the rows
	r15 = 15
)

// rowRegisters hold the addresses of the first rows. R14, BP and SP belong to Go;
// R15 counts turns, or is where the next bits go.
var rowRegisters = []int{3, 8, 9, 10, 11, 12, 13}

// opcode is an instruction of vectors with the prefix 66.
type opcode struct {
	space byte // 1: 0F, 2: 0F38, 3: 0F3A
	code  byte
	w     bool // of EVEX
}

var (
	opLoad   = opcode{1, 0x10, true}
	opStore  = opcode{1, 0x11, true}
	opSqrt   = opcode{1, 0x51, true}
	opAnd    = opcode{1, 0x54, true}
	opOr     = opcode{1, 0x56, true}
	opXor    = opcode{1, 0x57, true}
	opAdd    = opcode{1, 0x58, true}
	opMul    = opcode{1, 0x59, true}
	opSub    = opcode{1, 0x5c, true}
	opMin    = opcode{1, 0x5d, true}
	opDiv    = opcode{1, 0x5e, true}
	opMax    = opcode{1, 0x5f, true}
	opShift  = opcode{1, 0x73, true} // which way is in the register field
	opCmp    = opcode{1, 0xc2, true}
	opAddInt = opcode{1, 0xd4, true}
	opRound  = opcode{3, 0x09, true}
	opBlendM = opcode{2, 0x65, true}  // by a mask register
	opBlendV = opcode{3, 0x4b, false} // by a vector
	opMask   = opcode{1, 0x50, false} // the signs of a vector
)

// operand is a register, or memory at base + index + disp.
type operand struct {
	reg         int // -1: memory
	base, index int // index -1: none
	disp        int
}

func register(r int) operand { return operand{reg: r} }

func flag(b bool) byte {
	if b {
		return 1
	}
	return 0
}

// not is the inverted bit n of a register's number.
func not(r, n int) byte { return byte(^r>>n) & 1 }

// high gives the inverted bits that extend the numbers in the operand.
func (o operand) high() (x, b byte) {
	if o.reg >= 0 {
		return not(o.reg, 4), not(o.reg, 3)
	}
	return not(max(o.index, 0), 3), not(o.base, 3)
}

// vector writes an instruction: dst ← src1 op src2. Registers that it does not use
// are 0.
func (a *assembler) vector(op opcode, dst, src1 int, src2 operand) {
	if a.wide {
		a.evex(op, dst, src1, src2, 0, false)
	} else {
		a.vex(op, dst, src1, src2, 1, false)
	}
}

// evex writes an instruction of AVX-512 with a mask (0: none), which may set the
// other lanes to 0.
func (a *assembler) evex(op opcode, dst, src1 int, src2 operand, mask int, zero bool) {
	x, b := src2.high()
	a.code = append(
		a.code, 0x62,
		not(dst, 3)<<7|x<<6|b<<5|not(dst, 4)<<4|op.space,
		flag(op.w)<<7|byte(^src1&15)<<3|1<<2|1,
		flag(zero)<<7|2<<5|not(src1, 4)<<3|byte(mask),
		op.code,
	)
	a.address(dst, src2, 64)
}

// vex writes an instruction with a VEX prefix, of a length (1: 256 bits).
func (a *assembler) vex(op opcode, dst, src1 int, src2 operand, length byte, w bool) {
	x, b := src2.high()
	a.code = append(
		a.code, 0xc4,
		not(dst, 3)<<7|(x&1)<<6|b<<5|op.space,
		flag(w)<<7|byte(^src1&15)<<3|length<<2|1,
		op.code,
	)
	a.address(dst, src2, 1)
}

// address writes the bytes behind the opcode; displacements of a byte count in a
// unit.
func (a *assembler) address(dst int, o operand, unit int) {
	if o.reg < 0 {
		a.visits++
	}
	field := byte(dst&7) << 3
	if o.reg >= 0 {
		a.code = append(a.code, 0xc0|field|byte(o.reg&7))
		return
	}
	short := o.disp%unit == 0 && o.disp/unit >= -128 && o.disp/unit <= 127
	mode := byte(0x80)
	switch {
	case o.disp == 0 && o.base&7 != 5:
		mode = 0
	case short:
		mode = 0x40
	}
	if o.index >= 0 {
		a.code = append(a.code, mode|field|4, byte(o.index&7)<<3|byte(o.base&7))
	} else {
		a.code = append(a.code, mode|field|byte(o.base&7))
	}
	switch mode {
	case 0x40:
		a.code = append(a.code, byte(int8(o.disp/unit)))
	case 0x80:
		a.code = binary.LittleEndian.AppendUint32(a.code, uint32(int32(o.disp)))
	}
}

func (a *assembler) bytes(b ...byte) { a.code = append(a.code, b...) }

// load8 loads a general register from memory at base + disp.
func (a *assembler) load8(dst, base, disp int) {
	a.bytes(0x48|byte(dst>>3)<<2|byte(base>>3), 0x8b)
	a.address(dst, operand{reg: -1, base: base, index: -1, disp: disp}, 1)
}

// jump writes a conditional jump to a place that is not known yet, and returns
// where to write it.
func (a *assembler) jump(condition byte) int {
	a.bytes(0x0f, 0x80|condition, 0, 0, 0, 0)
	return len(a.code)
}

// Conditions of jumps.
const (
	ifZero    = 4
	ifNotZero = 5
	ifLess    = 12
)

// land lets a jump lead to a place.
func (a *assembler) land(jump, place int) {
	binary.LittleEndian.PutUint32(a.code[jump-4:], uint32(int32(place-jump)))
}

// any sets the zero flag if a mask has no lanes.
func (a *assembler) any(mask int) {
	if a.wide {
		a.vex(opcode{1, 0x98, false}, mask, 0, register(mask), 0, false) // KORTESTB
		return
	}
	a.vex(opMask, rax, 0, register(mask), 1, false)
	a.bytes(0x85, 0xc0) // TESTL AX, AX
}

// list writes the bits of a mask to the list, a byte for each vector.
func (a *assembler) list(mask int) {
	to := operand{reg: -1, base: r15, index: -1}
	if a.wide {
		a.vex(opcode{1, 0x91, false}, mask, 0, to, 0, false) // KMOVB
	} else {
		a.vex(opMask, rax, 0, register(mask), 1, false)
		a.bytes(0x41, 0x88, 0x07) // MOVB AX, (R15)
	}
	a.bytes(0x49, 0xff, 0xc7) // INCQ R15
}
