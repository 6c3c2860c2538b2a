// Package sparse simulates populations of integrate-and-fire neurons with
// sparse random connections: the networks whose time goes into delivering
// spikes.
//
// [New] draws and stores the synapses of a [Spec]; [Network.Advance] steps it.
// The neurons are divided among partitions of at most 65 536, each of which
// owns the synapses onto its neurons and is stepped by one goroutine. The result
// does not depend on the number of partitions or threads, nor on the machine:
// docs/design/0002-sparse.md says how, and draws the layout.
//
//go:generate go -C gen run . -out ../sparse_amd64.s -stubs ../stubs_amd64.go -pkg sparse
package sparse
