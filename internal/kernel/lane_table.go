package kernel

// laneTable holds constants of groups of neurons, as many as a vector has lanes: a
// vector for each constant, the constants of a group together. Where all neurons have
// the same there is one group.
type laneTable struct {
	numbers []float64
	next    int // bytes from a group to the next; 0: there is one
	lanes   int
}

// newLaneTable has a group for all neurons if there is one in the list, or groups of
// those in the list.
func newLaneTable[T any](level Level, list []T, constants func(*T) []float64) laneTable {
	lanes, size := level.lanes(), len(constants(&list[0]))
	groups := (len(list) + lanes - 1) / lanes
	t := laneTable{numbers: make([]float64, groups*size*lanes), lanes: lanes}
	if len(list) > 1 {
		t.next = 8 * size * lanes
	}
	for i := range groups * lanes {
		for k, x := range constants(&list[min(i, len(list)-1)]) {
			t.numbers[(i/lanes*size+k)*lanes+i%lanes] = x
		}
	}
	return t
}

// of is the constants of the neurons from i on.
func (t *laneTable) of(i int) *float64 { return &t.numbers[t.next/8*(i/t.lanes)] }

// whole are the neurons from … to, of n beginning with the number first, that are
// whole groups of the tables.
func whole(level Level, first, n int, tables ...*laneTable) (from, to int) {
	if level == Portable {
		return 0, 0
	}
	lanes := level.lanes()
	for _, t := range tables {
		if t.next > 0 {
			from = min((lanes-first%lanes)%lanes, n)
		}
	}
	return from, n - (n-from)%lanes
}

// own is what neuron i has of a list with one member for all, or one for each.
func own[T any](list []T, i int) *T {
	if len(list) == 1 {
		i = 0
	}
	return &list[i]
}
