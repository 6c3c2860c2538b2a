package kernel

import "math"

// conductanceTables are the constants of Conductances as the assembly reads them, in
// the order of package gen: those of the step, of membranes and of both conductances.
type conductanceTables struct{ step, membrane, ex, in conductanceTable }

// own says whether any neuron has constants of its own.
func (t *conductanceTables) own() bool { return t.membrane.next+t.ex.next+t.in.next > 0 }

// conductanceTable holds some constants of groups of neurons, as many as a vector has
// lanes: a vector for each constant, the constants of a group together.
type conductanceTable struct {
	numbers []float64
	next    int // bytes from a group to the next; 0: all neurons have the same
	group   int // neurons
}

// from is the constants of the neurons from i on.
func (t *conductanceTable) from(i int) *float64 {
	return &t.numbers[t.next/8*(i/t.group)]
}

func newConductanceTable[T any](lanes int, list []T, constants func(*T) []float64) conductanceTable {
	size := len(constants(&list[0]))
	groups := (len(list) + lanes - 1) / lanes
	t := conductanceTable{numbers: make([]float64, groups*size*lanes), group: lanes}
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

func (p *ConductanceParams) newTables(lanes int) (t conductanceTables) {
	step := []float64{p.Dt, 0.5 * p.Dt}
	for _, n := range ConductanceNodes(p.Dt) {
		step = append(step, n.At, n.Left, n.Weight)
	}
	course := func(c *ConductanceCourse) []float64 {
		list := append(append([]float64{c.Decay}, c.At[:]...), c.Rest[:]...)
		if p.Alpha {
			list = append(append(list, c.Kick), c.SlopeRest[:]...)
		}
		return list
	}
	return conductanceTables{
		step:     newConductanceTable(lanes, [][]float64{step}, func(list *[]float64) []float64 { return *list }),
		membrane: newConductanceTable(lanes, p.Membranes, (*ConductanceMembrane).constants),
		ex:       newConductanceTable(lanes, p.Ex, course), in: newConductanceTable(lanes, p.In, course),
	}
}

// constants of a membrane. One that takes more than one substep has a threshold that
// leaves it to the portable loop.
func (m *ConductanceMembrane) constants() []float64 {
	threshold := m.Threshold
	if m.Substeps > 1 {
		threshold = math.Inf(-1)
	}
	return []float64{m.ByC, m.Leak, m.EL, m.EEx, m.EIn, m.IE, threshold}
}
