package sparse

import "soma/internal/team"

// advance advances a network by some steps on a number of threads.
func advance(n *Network, threads, steps int) {
	t := team.New(threads)
	defer t.Stop()
	for ; steps > 0; steps -= Remembered {
		n.Advance(t, min(steps, Remembered))
	}
}
