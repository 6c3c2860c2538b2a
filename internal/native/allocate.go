package native

import "slices"

// allocator gives values registers and writes the instructions. A value that has
// to give way to others goes to the table, unless it is there or in a row already;
// it is the one that is needed last (L. A. Belady, IBM Syst. J. 5:78, 1966).
type allocator struct {
	*lowering
	assembler
	uses   [][]int // steps that will need a value
	reg    []int   // of a value; -1
	slot   []int   // of a value in the table; -1
	held   []value // by register
	masks  [8]value
	pinned []value
	// guarded: between skip and merge nothing that was there before may move. Values
	// that are loaded meanwhile are gone after it.
	guarded bool
	loaded  []value
	lasting []value // numbers that have their registers for good
	spare   int     // registers for what is guarded
	failed  bool
	spilled int
	body    int // where a turn begins
	skipped int // the jump over what is guarded
}

// allocate writes the routine in the way that takes the fewest visits to memory:
// with more or fewer numbers in registers for good. nil: none is possible.
func allocate(p *Program, l *lowering, wide bool) (best *allocator) {
	most, grain := 8, 4
	if wide {
		most, grain = 24, 6
	}
	l.steps = early(l)
	uses := make([][]int, len(l.defs))
	for i, s := range l.steps {
		for _, v := range l.needs(s) {
			uses[v] = append(uses[v], i)
		}
	}
	for lasting := 0; lasting <= most; lasting += grain {
		for spare := 6; spare <= 10; spare++ {
			a := newAllocator(l, wide, uses)
			a.spare, a.lasting = spare, a.favourites(lasting)
			a.assemble(p)
			if a.failed {
				continue
			}
			if best == nil || a.visits < best.visits {
				best = a
			}
			break
		}
	}
	return best
}

func newAllocator(l *lowering, wide bool, uses [][]int) *allocator {
	registers := 16
	if wide {
		registers = 32
	}
	a := &allocator{lowering: l, assembler: assembler{wide: wide}, held: make([]value, registers)}
	fill(a.held, none)
	fill(a.masks[:], none)
	a.uses = slices.Clone(uses)
	a.reg, a.slot = make([]int, len(l.defs)), make([]int, len(l.defs))
	for v := range l.defs {
		a.reg[v], a.slot[v] = -1, -1
	}
	return a
}

// favourites are the numbers that most instructions need, the guarded ones left
// out.
func (a *allocator) favourites(n int) []value {
	uses := make([]int, len(a.defs))
	guarded := false
	for _, s := range a.steps {
		guarded = s.do == skip || guarded && s.do != merge
		for _, v := range a.needs(s) {
			if a.defs[v].op == number && !guarded {
				uses[v]++
			}
		}
	}
	var list []value
	for v, k := range uses {
		if k > 0 {
			list = append(list, value(v))
		}
	}
	slices.SortStableFunc(list, func(v, w value) int { return uses[w] - uses[v] })
	return list[:min(n, len(list))]
}

func fill(list []value, v value) {
	for i := range list {
		list[i] = v
	}
}

// slots is how many numbers the table has room for.
func (a *allocator) slots() int { return a.numbers + len(a.constants) + a.spilled }

// done notes that a step has used values; those that nothing else needs leave
// their registers.
func (a *allocator) done(i int, values ...value) {
	for _, v := range values {
		if v == none || slices.Contains(a.lasting, v) {
			continue
		}
		for len(a.uses[v]) > 0 && a.uses[v][0] <= i {
			a.uses[v] = a.uses[v][1:]
		}
		if len(a.uses[v]) == 0 {
			a.release(v)
		}
	}
}

// release takes a value from its register.
func (a *allocator) release(v value) {
	r := a.reg[v]
	switch {
	case r < 0:
		return
	case a.wide && a.defs[v].isMask():
		a.masks[r] = none
	default:
		a.held[r] = none
	}
	a.reg[v] = -1
}

// rowAt is the vector of a row in memory.
func (a *allocator) rowAt(k int) operand {
	if k < len(rowRegisters) {
		return operand{reg: -1, base: rowRegisters[k], index: rcx}
	}
	a.load8(rax, rdi, 8*k)
	return operand{reg: -1, base: rax, index: rcx}
}

// home is where a value is in memory.
func (a *allocator) home(v value) (operand, bool) {
	at := func(k int) operand { return operand{reg: -1, base: rsi, index: -1, disp: 8 * entry * k} }
	switch d := &a.defs[v]; {
	case d.op == number:
		return at(d.k), true
	case d.op == row:
		return a.rowAt(d.k), true
	}
	return at(a.slot[v]), a.slot[v] >= 0
}

// inRegister loads a value if need be, and keeps it in its register for this step.
func (a *allocator) inRegister(v value) int {
	a.pinned = append(a.pinned, v)
	if a.reg[v] >= 0 {
		return a.reg[v]
	}
	from, ok := a.home(v)
	if !ok {
		a.failed = true
		return 0
	}
	if a.wide && a.defs[v].isMask() {
		r := a.takeMask()
		a.vex(opcode{1, 0x90, false}, r, 0, from, 0, false) // KMOVB
		a.reg[v], a.masks[r] = r, v
		return r
	}
	r := a.take()
	a.vector(opLoad, r, 0, from)
	a.place(v, r)
	if a.guarded {
		a.loaded = append(a.loaded, v)
	}
	return r
}

func (a *allocator) place(v value, r int) { a.reg[v], a.held[r] = r, v }

// operandOf is a value for an instruction that takes it from memory as well. It is
// loaded if it is needed again and there is room.
func (a *allocator) operandOf(i int, v value) operand {
	again := len(a.uses[v]) > 0 && a.uses[v][len(a.uses[v])-1] > i
	if a.reg[v] >= 0 || again && !a.guarded && a.vacant() > 2 {
		return register(a.inRegister(v))
	}
	from, ok := a.home(v)
	if !ok {
		a.failed = true
	}
	return from
}

func (a *allocator) vacant() (n int) {
	for _, v := range a.held {
		if v == none {
			n++
		}
	}
	return n
}

// take finds a register.
func (a *allocator) take() int {
	for r, v := range a.held {
		if v == none {
			return r
		}
	}
	if a.guarded {
		a.failed = true
		return 0
	}
	return a.evict()
}

// makeRoom frees registers.
func (a *allocator) makeRoom(n int) {
	for a.vacant() < n && !a.failed {
		a.held[a.evict()] = none
	}
}

// evict lets the value go that is needed last.
func (a *allocator) evict() int {
	best, when := -1, -1
	for r, v := range a.held {
		if v == none || r < len(a.lasting) || slices.Contains(a.pinned, v) {
			continue
		}
		if next := a.uses[v][0]; next > when {
			best, when = r, next
		}
	}
	if best < 0 {
		a.failed = true
		return 0
	}
	v := a.held[best]
	if d := a.defs[v].op; d != number && d != row && a.slot[v] < 0 {
		a.keep(v)
		home, _ := a.home(v)
		a.vector(opStore, best, 0, home)
	}
	a.release(v)
	return best
}

// takeMask finds a mask register.
func (a *allocator) takeMask() int {
	best, when := 0, -1
	for r := 1; r < len(a.masks); r++ {
		v := a.masks[r]
		if v == none {
			return r
		}
		if next := a.uses[v][0]; next > when && !slices.Contains(a.pinned, v) {
			best, when = r, next
		}
	}
	if best == 0 || a.guarded {
		a.failed = true
		return 0
	}
	v := a.masks[best]
	if a.slot[v] < 0 {
		a.keep(v)
		home, _ := a.home(v)
		a.vex(opcode{1, 0x91, false}, best, 0, home, 0, false) // KMOVB
	}
	a.release(v)
	return best
}

// keep gives a value a place in the table.
func (a *allocator) keep(v value) {
	a.slot[v] = a.slots()
	a.spilled++
}
