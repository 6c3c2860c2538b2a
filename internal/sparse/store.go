package sparse

import (
	"fmt"
	"math"

	"soma/internal/kernel"
)

// A store is the synapses of one bundle onto the neurons of one partition.
//
// Entries are grouped by source, then by delay, then in the order of target and
// synapse number. An entry is the local index of the target (one word of 16
// bits), followed, unless the bundle's weight is constant or its synapses are
// plastic, by the two halves of a float32 weight, the lower one first.
type store struct {
	*bundle
	entries []uint16
	// ends[source·delays+delay] is the number of synapses up to and including
	// that run.
	ends    []uint32
	row     []float64 // input of the receptor
	level   kernel.Level
	plastic *plastic // nil: nothing changes
}

// words is the length of an entry.
func (b *bundle) words() int {
	if b.constant || b.plastic.active() {
		return 1
	}
	return 3
}

// A run is consecutive synapses of one source and delay.
type run struct {
	begin, end uint32
}

// visit calls draw for each target of the partition, in the order of storage.
func (s *store) visit(shares []share, draw func(p *projection, target int, local int)) {
	for i := range s.projections {
		p := &s.projections[i]
		own := shares[p.Target.Population]
		first, end := max(own.first, p.Target.First), min(own.first+own.n, p.Target.First+p.Target.N)
		for neuron := first; neuron < end; neuron++ {
			draw(p, neuron-p.Target.First, own.local+neuron-own.first)
		}
	}
}

// newStore is a counting sort: the synapses are drawn once to be counted and
// once more to be put in their places.
func newStore(b *bundle, sources int, shares []share, d *drawer, dt float64, level kernel.Level) (*store, error) {
	s := &store{bundle: b, level: level, ends: make([]uint32, sources*b.delays())}
	adviseHuge(s.ends)
	total := s.count(shares, d)
	if total > math.MaxUint32 {
		return nil, fmt.Errorf("%d synapses in one partition; use more partitions", total)
	}
	s.entries = make([]uint16, int(total)*b.words(), int(total)*b.words()+2*spare)
	adviseHuge(s.entries)
	if b.plastic.active() {
		s.plastic = newPlastic(b.plastic, dt, sources, int(total), b.high, shares[b.projections[0].Target.Population], level)
		if b.plastic.Rule != nil || !b.constant {
			s.plastic.weights = make([]float64, total, total+spare)
			s.plastic.own = make([]float64, int(total)*s.plastic.traces.Own)
			adviseHuge(s.plastic.weights)
		}
	}
	s.fill(shares, d)
	s.pad()
	return s, nil
}

// pad makes what is behind the last entry a target of the store, for the assembly
// that reads some entries more.
func (s *store) pad() {
	if s.plastic != nil {
		for i := range spare {
			s.entries[:len(s.entries)+spare][len(s.entries)+i] = uint16(s.plastic.history.base)
		}
	}
}

// count leaves in ends where each run begins.
func (s *store) count(shares []share, d *drawer) (total uint64) {
	s.visit(shares, func(p *projection, target, _ int) {
		d.pairs(s.bundle, p, target)
		s.eachRunOf(p, d, func(runs []uint32) {
			for _, x := range runs {
				s.ends[x]++
			}
		})
	})
	for x, n := range s.ends {
		s.ends[x] = uint32(total)
		total += uint64(n)
	}
	return total
}

// fill moves the beginning of each run to its end.
func (s *store) fill(shares []share, d *drawer) {
	s.visit(shares, func(p *projection, target, local int) {
		d.pairs(s.bundle, p, target)
		s.place(p, d)
		if s.words() == 3 {
			d.drawWeights(p, target)
		}
		s.store(d, uint16(local))
		s.initial(p, d, target)
	})
}

// ahead is how many entries are on their way into the cache while others are
// written: about as many as the machine keeps track of.
const ahead = 32

// store writes the entries of one target.
func (s *store) store(d *drawer, local uint16) {
	inTurn(d.places, s.prefetchPlaces, func(first, end int) {
		if s.words() == 1 {
			for _, at := range d.places[first:end] {
				s.entries[at] = local
			}
			return
		}
		weights := d.weights[first:end]
		for i, at := range d.places[first:end] {
			w := math.Float32bits(float32(weights[i]))
			entry := s.entries[3*int(at) : 3*int(at)+3 : 3*int(at)+3]
			entry[0], entry[1], entry[2] = local, uint16(w), uint16(w>>16)
		}
	})
}

// initial draws the weights of plastic synapses of which each has its own.
func (s *store) initial(p *projection, d *drawer, target int) {
	if s.plastic == nil || s.plastic.weights == nil {
		return
	}
	d.drawWeights(p, target)
	for i, at := range d.places {
		s.plastic.weights[at] = d.weights[i]
	}
}

// redraw sets the weights of plastic synapses to their initial values.
func (s *store) redraw(shares []share) {
	if s.plastic == nil || s.plastic.Rule == nil {
		return
	}
	var d drawer
	s.revisit(shares, &d, func(p *projection, target int) { s.initial(p, &d, target) })
}

// revisit visits the targets in the order of the projection, with the places of
// their synapses in d.places.
func (s *store) revisit(shares []share, d *drawer, visit func(p *projection, target int)) {
	ends := s.ends
	s.ends = make([]uint32, len(ends))
	copy(s.ends[1:], ends)
	s.visit(shares, func(p *projection, target, _ int) {
		d.pairs(s.bundle, p, target)
		s.place(p, d)
		visit(p, target)
	})
	s.ends = ends
}

// place finds the places of the drawn synapses, each the next of its run.
func (s *store) place(p *projection, d *drawer) {
	s.eachRunOf(p, d, func(runs []uint32) {
		for i, x := range runs {
			runs[i] = s.ends[x]
			s.ends[x]++
		}
	})
}

// eachRunOf visits the runs of the drawn synapses, as indices in ends, some at a
// time. They are in d.places, where visit may replace them.
func (s *store) eachRunOf(p *projection, d *drawer, visit func(runs []uint32)) {
	delays := s.delays()
	d.places = resize(d.places, len(d.sources))
	for i, source := range d.sources {
		d.places[i] = uint32((int(source) + p.Source.First) * delays)
	}
	if delays > 1 {
		for i, delay := range d.delays {
			d.places[i] += uint32(delay)
		}
	}
	inTurn(d.places, s.prefetchEnds, func(first, end int) { visit(d.places[first:end]) })
}

// inTurn visits a list, some elements at a time, after asking for those behind.
func inTurn(list []uint32, ask func(list []uint32), visit func(first, end int)) {
	for first := -ahead; first < len(list); first += ahead {
		end := first + ahead
		ask(list[min(end, len(list)):min(end+ahead, len(list))])
		if first >= 0 {
			visit(first, min(end, len(list)))
		}
	}
}

// run returns the synapses of a source with the delay low+delay.
func (s *store) run(source, delay int) run {
	x := source*s.delays() + delay
	r := run{end: s.ends[x]}
	if x > 0 {
		r.begin = s.ends[x-1]
	}
	return r
}
