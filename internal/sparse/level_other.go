//go:build !amd64

package sparse

import "soma/internal/kernel"

func (k *expKernel) at(_ kernel.Level, one bool) stepKernel {
	if one {
		return oneCurrent{k}
	}
	return k
}

func (k *deltaKernel) at(kernel.Level) stepKernel { return k }
func (k *alphaKernel) at(kernel.Level) stepKernel { return k }

func (s *store) deliver(runs []run) { s.deliverPortable(runs) }
func (s *store) prefetch([]run)     {}

func (s *store) prefetchPlaces([]uint32)  {}
func (s *store) prefetchSources([]uint32) {}

func (a *findArgs) find(kernel.Level) { a.portable() }
