package native

// needs lists the values that go into a step.
func (l *lowering) needs(s step) []value {
	switch s.do {
	case compute:
		args := &l.defs[s.of].args
		n := 0
		for n < len(args) && args[n] != none {
			n++
		}
		return args[:n]
	case merge, skip:
		return []value{s.of, s.new}
	}
	return []value{s.of}
}

// early moves stores forward: to where the value is there and what the row held
// before has been used.
func early(l *lowering) []step {
	var stores []step
	last, born := make([]int, len(l.defs)), make([]int, len(l.defs))
	first := make([]value, len(l.memory))
	fill(first, none)
	for v, d := range l.defs {
		last[v] = -1
		if d.op == row {
			first[d.k] = value(v)
		}
	}
	var rest []step
	for _, s := range l.steps {
		if s.do == store {
			stores = append(stores, s)
			continue
		}
		for _, v := range l.needs(s) {
			last[v] = len(rest)
		}
		if s.do == compute || s.do == merge {
			born[s.of] = len(rest)
		}
		rest = append(rest, s)
	}
	ready := map[int][]step{}
	for _, s := range stores {
		at := max(born[s.of], 0)
		if old := first[s.row]; old != none {
			at = max(at, last[old])
		}
		ready[at] = append(ready[at], s)
	}
	return arranged(rest, ready)
}

// arranged puts stores behind their steps, but not between skip and merge, nor
// behind the end.
func arranged(rest []step, ready map[int][]step) []step {
	if len(rest) == 0 {
		return ready[0]
	}
	var steps, waiting []step
	guarded := false
	for i, s := range rest {
		if s.do == repeat {
			steps, waiting = append(steps, waiting...), nil
		}
		steps = append(steps, s)
		guarded = s.do == skip || guarded && s.do != merge
		waiting = append(waiting, ready[i]...)
		if !guarded && s.do != repeat {
			steps, waiting = append(steps, waiting...), nil
		}
	}
	return append(steps, waiting...)
}
