package compile

import (
	"fmt"

	"soma"
	"soma/connect"
	"soma/internal/program"
	"soma/neuron"
)

// synapses adds a connection by single synapses to the cells.
func (b *builder) synapses(conn *soma.Connection) {
	from, to := conn.From.Of.(*soma.Population), conn.To.Of.(*soma.Population)
	target, ok := b.cell(to)
	receptor, err := conn.ReceptorIndex()
	if err != nil || !ok {
		return // reported already
	}
	path := b.distinct(conn.Path())
	toPart := part(target, conn.To, to.N)
	if generator, ok := from.Neuron.(neuron.PoissonGenerator); ok {
		b.poisson(conn, generator, program.Poisson{
			Label: program.Label(path), To: toPart, Receptor: receptor, Stream: b.stream(path, "poisson"),
		})
		return
	}
	source, ok := b.cell(from)
	if !ok {
		return // reported already
	}
	b.cells.Synapses = append(b.cells.Synapses, program.Synapses{
		Label: program.Label(path), From: part(source, conn.From, from.N), To: toPart, Receptor: receptor,
		Rule: conn.Rule, Weight: conn.Weight, Delay: conn.Delay,
		Pairs: b.stream(path, "pairs"), Weights: b.stream(path, "weights"), Delays: b.stream(path, "delays"),
	})
}

// poisson replaces the synapses from Poisson generators: the trains that reach
// one target from several generators are one train of the sum of their rates.
func (b *builder) poisson(conn *soma.Connection, g neuron.PoissonGenerator, p program.Poisson) {
	weight, constant := conn.Weight.(connect.Constant)
	if !constant {
		b.fail(conn.FieldPosition("weight"), conn.Path(), "weight", fmt.Errorf("the weights of Poisson generators vary"), "give one number")
		return
	}
	_, _, generators := conn.From.Range(conn.From.Of.(*soma.Population).N)
	switch conn.Rule.(type) {
	case connect.AllToAll:
	case connect.OneToOne:
		generators = 1
	default:
		b.fail(conn.FieldPosition("rule"), conn.Path(), "rule", fmt.Errorf("Poisson generators reach their targets all to all, or one to one"), "use connect.all_to_all(), with the rate times the number of trains per target")
		return
	}
	p.Rate, p.Weight = float64(float64(generators)*g.Rate), float64(weight)
	b.cells.Poisson = append(b.cells.Poisson, p)
}

// cell is the number of a population among the cells; its neurons operator
// becomes part of them.
func (b *builder) cell(p *soma.Population) (int, bool) {
	if i, ok := b.cellOf[p]; ok {
		return i, true
	}
	op, ok := b.neurons[p]
	if !ok {
		return 0, false
	}
	b.cellOf[p] = len(b.cells.Populations)
	b.cells.Populations = append(b.cells.Populations, op)
	return b.cellOf[p], true
}

// part is the neurons of a slice.
func part(population int, s soma.Slice, n int) program.Part {
	first, _, count := s.Range(n)
	return program.Part{Population: population, First: first, N: count}
}

// distinct gives the second of two connections between the same objects a name
// of its own, so that they draw different synapses.
func (b *builder) distinct(path string) string {
	b.paths[path]++
	if n := b.paths[path]; n > 1 {
		return fmt.Sprintf("%s#%d", path, n)
	}
	return path
}

// gatherCells takes the populations that synapses connect out of the list of
// operators and puts the one that steps them all in their place.
func (b *builder) gatherCells() {
	if len(b.cells.Populations) == 0 {
		return
	}
	var others []program.Operator
	for _, op := range b.program.Operators {
		if n, ok := op.(*program.Neurons); !ok || !b.isCell(n) {
			others = append(others, op)
		}
	}
	b.cells.Label = b.cells.Populations[0].Label
	b.program.Operators = append(others, &b.cells)
}

func (b *builder) isCell(op *program.Neurons) bool {
	for _, p := range b.cells.Populations {
		if p == op {
			return true
		}
	}
	return false
}
