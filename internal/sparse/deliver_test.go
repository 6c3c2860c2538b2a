package sparse

import (
	"math"
	"slices"
	"testing"

	"soma/connect"
	"soma/internal/kernel"
)

// A naive network: a list of synapses as objects, in canonical order.
type synapse struct {
	bundle, delay, source, target int
	weight                        float64
}

// synapsesOf reads all synapses of a partition, in the order of storage.
func synapsesOf(n *Network, part int) (all []synapse) {
	p := n.partitions[part]
	neuron := map[int]int{} // local index to population·10⁶ + neuron
	local := 0
	for population, c := range p.cells {
		for i := range c.v {
			neuron[local] = population*1e6 + c.first + i
			local++
		}
	}
	for b, s := range p.stores {
		for source := range len(s.ends) / s.delays() {
			for d := range s.delays() {
				r := s.run(source, d)
				for i := int(r.begin); i < int(r.end); i++ {
					x := synapse{bundle: b, delay: s.low + d, source: source, target: neuron[int(s.entries[i*s.words()])], weight: s.weight}
					if !s.constant {
						x.weight = float64(math.Float32frombits(uint32(s.entries[3*i+1]) | uint32(s.entries[3*i+2])<<16))
					}
					all = append(all, x)
				}
			}
		}
	}
	return all
}

// Every partition has the synapses onto its neurons that the rules and values
// give one by one.
func TestStorageHoldsTheDrawnSynapses(t *testing.T) {
	spec := mixed()
	spec.Partitions = 3
	n, err := New(spec)
	if err != nil {
		t.Fatal(err)
	}
	var stored, drawn []synapse
	for p := range n.partitions {
		stored = append(stored, synapsesOf(n, p)...)
	}
	for b, bundle := range n.bundles {
		for i := range bundle.projections {
			p := &bundle.projections[i]
			for target := range p.Target.N {
				sources := p.plan.Sources(target, nil)
				s := connect.Synapses{Target: target, Sources: sources}
				if p.plan.Numbers != nil {
					s.Numbers = p.plan.Numbers(target, nil)
				}
				delays, weights := make([]float64, len(sources)), make([]float64, len(sources))
				s.Stream = p.Delays
				p.Delay.Fill(s, delays)
				s.Stream = p.Weights
				p.Weight.Fill(s, weights)
				for k, source := range sources {
					if !bundle.constant {
						weights[k] = float64(float32(weights[k]))
					}
					drawn = append(drawn, synapse{b, DelaySteps(delays[k], spec.Dt), int(source) + p.Source.First, p.Target.Population*1e6 + p.Target.First + target, weights[k]})
				}
			}
		}
	}
	order := func(a, b synapse) int {
		for _, d := range []int{a.bundle - b.bundle, a.source - b.source, a.delay - b.delay, a.target - b.target} {
			if d != 0 {
				return d
			}
		}
		return 0
	}
	slices.SortStableFunc(stored, order)
	slices.SortStableFunc(drawn, order)
	if !slices.Equal(stored, drawn) {
		t.Errorf("%d synapses stored, %d drawn, not the same", len(stored), len(drawn))
	}
}

// What is delivered in each step is what a search through all synapses finds.
func TestDeliveryAgainstSearch(t *testing.T) {
	for _, level := range kernel.Levels() {
		spec := mixed()
		spec.Partitions, spec.Level = 1, level
		n, err := New(spec)
		if err != nil {
			t.Fatal(err)
		}
		for i := range spec.Populations {
			n.Record(i)
		}
		const step = 400
		advance(n, 1, step)
		p, all := n.partitions[0], synapsesOf(n, 0)
		history := n.Spikes()
		rows := [2]map[int]float64{{}, {}}
		for emitted := range step {
			for _, s := range all {
				b := n.bundles[s.bundle]
				if emitted+s.delay == step && spiked(history, emitted, b.source, s.source) {
					rows[b.receptor][s.target] += s.weight
				}
			}
		}
		for _, c := range p.cells {
			for _, row := range c.rows {
				clear(row)
			}
		}
		p.receive(step-n.lag, n.partitions)
		p.deliver(step)
		for population, c := range p.cells {
			for i := range c.n {
				for r, row := range c.rows {
					want := rows[r][population*1e6+i]
					if math.Abs(row[i]-want) > 1e-12*math.Abs(want) {
						t.Fatalf("%v, population %d, neuron %d, row %d: %g delivered, want %g", level, population, i, r, row[i], want)
					}
				}
			}
		}
	}
}

func spiked(history []Spike, step, population, neuron int) bool {
	want := Spike{step, population, neuron}
	_, found := slices.BinarySearchFunc(history, want, compareSpikes)
	return found
}

// Runs of all lengths, against the portable loop.
func TestDeliveryLevelsAgree(t *testing.T) {
	const size = 1000
	for _, constant := range []bool{false, true} {
		s := &store{bundle: &bundle{constant: constant, weight: 0.1}, row: make([]float64, size)}
		var runs []run
		for length := range 200 {
			begin := uint32(len(s.entries) / s.words())
			for i := range length {
				s.entries = append(s.entries, uint16((i*i+length*7)%size))
				if !constant {
					w := math.Float32bits(float32(i) / 7)
					s.entries = append(s.entries, uint16(w), uint16(w>>16))
				}
			}
			if length > 0 {
				runs = append(runs, run{begin, begin + uint32(length)})
			}
		}
		s.entries = slices.Grow(s.entries, 2*spare)
		for _, level := range kernel.Levels() {
			for _, n := range []int{1, 7, 8, 9, 63, 64, 65, len(runs)} {
				for i := range s.row {
					s.row[i] = []float64{math.Copysign(0, -1), 1, math.Inf(1), math.NaN()}[i%4]
				}
				start := slices.Clone(s.row)
				s.level = kernel.Portable
				s.deliver(runs[:n])
				want := slices.Clone(s.row)
				s.level = level
				copy(s.row, start)
				s.prefetch(runs[:n])
				s.deliver(runs[:n])
				if !slices.Equal(bitsOf(s.row), bitsOf(want)) {
					t.Errorf("%v, constant %v: %d runs differ from portable", level, constant, n)
				}
			}
		}
	}
}
