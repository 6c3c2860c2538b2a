package sparse

import "math"

// deliverWeighted adds the weights of the runs' synapses to the row: the
// definition of what the assembly computes.
func deliverWeighted(row []float64, entries []uint16, runs []run) {
	for _, r := range runs {
		e := entries[3*int(r.begin) : 3*int(r.end)]
		for len(e) >= 3 {
			w := math.Float32frombits(uint32(e[1]) | uint32(e[2])<<16)
			row[e[0]] += float64(w)
			e = e[3:]
		}
	}
}

// deliverConstant adds weight to the row for each of the runs' synapses.
func deliverConstant(row []float64, entries []uint16, runs []run, weight float64) {
	for _, r := range runs {
		for _, target := range entries[r.begin:r.end] {
			row[target] += weight
		}
	}
}

// deliverPortable adds the runs to the row of the store.
func (s *store) deliverPortable(runs []run) {
	if s.constant {
		deliverConstant(s.row, s.entries, runs, s.weight)
	} else {
		deliverWeighted(s.row, s.entries, runs)
	}
}
