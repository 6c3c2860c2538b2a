package compile

import (
	"fmt"
	"slices"

	"soma"
	"soma/internal/program"
	"soma/neuron"
)

// synapses adds a connection by single synapses to the cells.
func (b *builder) synapses(conn *soma.Connection) {
	from, to := conn.From.Of.(*soma.Population), conn.To.Of.(*soma.Population)
	if b.faulty[from.Path()] {
		return // and said to be so
	}
	if from.Neuron.Spec().OutputUnit == "A" {
		b.current(conn, from.Neuron)
		return
	}
	target, ok := b.cell(to)
	receptor, err := conn.ReceptorIndex()
	if err != nil || !ok {
		return // reported already
	}
	path := b.distinct(conn.Path())
	toPart := part(target, conn.To, to.N)
	if generator, ok := from.Neuron.(neuron.TrainGenerator); ok {
		b.poisson(conn, generator, program.Poisson{
			Label: program.Label(path), To: toPart, Receptor: receptor, Stream: b.stream(path, "poisson"),
		})
		return
	}
	source, ok := b.cell(from)
	if !ok {
		return // reported already
	}
	pair := conn.Pair(b.stream(path, "pairs"))
	s := &program.Synapses{
		Label: program.Label(path), From: part(source, conn.From, from.N), To: toPart, Receptor: receptor,
		Rule: conn.Rule, Weight: conn.Weight, Delay: conn.SynapseDelay(),
		Pairs: pair.Stream, Weights: b.stream(path, "weights"), Delays: b.stream(path, "delays"),
		SourcePlaces: pair.SourcePlaces, TargetPlaces: pair.TargetPlaces,
	}
	if b.synapseRules(conn, s) {
		b.drawn = append(b.drawn, conn)
		b.synapseWeights(conn, s)
		b.cells.Synapses = append(b.cells.Synapses, s)
	}
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

// gatherCells takes the populations that synapses connect, or could, out of the
// list of operators and puts the one that steps them all in their place.
func (b *builder) gatherCells() {
	for _, net := range b.net.All() {
		for _, p := range net.Populations {
			if p.Neuron != nil && len(p.Neuron.Spec().Receptors) > 0 {
				b.cell(p)
			}
		}
	}
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

// Number is the place of synapses in their cells; -1 where there are none.
func (b *Built) Number(s *program.Synapses) int {
	for _, op := range b.Program.Operators {
		if cells, ok := op.(*program.Cells); ok {
			return slices.Index(cells.Synapses, s)
		}
	}
	return -1
}

// listSynapses tells which synapses belong to which connection.
func (b *builder) listSynapses() map[*soma.Connection]*program.Synapses {
	list := map[*soma.Connection]*program.Synapses{}
	for i, conn := range b.drawn {
		list[conn] = b.cells.Synapses[i]
	}
	return list
}
