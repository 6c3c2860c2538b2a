"""The note's example in Nengo: prints the time of one step in microseconds."""
import time

import numpy as np

import nengo


def single_neuron():
    with nengo.Network(seed=1) as model:
        cell = nengo.Ensemble(
            1, dimensions=1,
            intercepts=nengo.dists.Uniform(-0.5, -0.5),
            max_rates=nengo.dists.Uniform(100, 100),
            encoders=[[1]])
        stimulus = nengo.Node(lambda t: np.cos(8 * t))
        nengo.Connection(stimulus, cell)
        nengo.Probe(stimulus)
        nengo.Probe(cell.neurons)
        nengo.Probe(cell.neurons, "voltage")
        nengo.Probe(cell, synapse=0.01)
    return model


if __name__ == "__main__":
    with nengo.Simulator(single_neuron(), progress_bar=False) as sim:
        sim.run_steps(1000)
        start = time.perf_counter()
        sim.run_steps(20000)
        print((time.perf_counter() - start) * 1e6 / 20000)
