//go:build !amd64

package sparse

import "soma/internal/kernel"

func newKernel(u update, l loop, _ kernel.Level) stepKernel { return u.portable(l) }

func (s *store) deliver(runs []run) { s.deliverPortable(runs) }
func (s *store) prefetch([]run)     {}

func (s *store) prefetchPlaces([]uint32)  {}
func (s *store) prefetchEnds([]uint32)    {}
func (s *store) prefetchSources([]uint32) {}

func (a *searchArgs) first(kernel.Level) { a.firstPortable() }
func (a *searchArgs) next(kernel.Level)  { a.nextPortable() }
func (l *layer) expand(_ kernel.Level, weights []float64) {
	l.expandPortable(&weights[0], len(weights))
}

func decay(_ kernel.Level, dst []float64, src *float64, steps *int64, table []float64) {
	decayPortable(&dst[0], src, steps, len(dst), &table[0], len(table)-1)
}

func (s *store) deliverOwn(targets []uint16, weights []float64) {
	deliverOwnPortable(&s.row[0], &targets[0], &weights[0], len(targets))
}
