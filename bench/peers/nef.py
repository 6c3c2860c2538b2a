"""Networks of the Neural Engineering Framework in Nengo, the same as in
bench/nef.go: `nef.py NETWORK build` prints the milliseconds that it takes to be
built for the first time, `nef.py NETWORK step` the microseconds of a step."""
import sys
import time

import numpy as np

import nengo
from nengo.networks import BasalGanglia, CircularConvolution

nengo.rc["decoder_cache"]["enabled"] = "False"  # as in bench/nef.go


def pes(neurons=1000, dimensions=8):
    x = np.sin(np.arange(dimensions)) / np.sqrt(dimensions / 2)
    with nengo.Network(seed=1) as model:
        stimulus = nengo.Node(x)
        pre, post = nengo.Ensemble(neurons, dimensions), nengo.Ensemble(neurons, dimensions)
        error = nengo.Node(size_in=dimensions)
        nengo.Connection(stimulus, pre)
        learned = nengo.Connection(
            pre, post, function=lambda x: np.zeros(len(x)),
            learning_rule_type=nengo.PES(learning_rate=1e-4))
        nengo.Connection(post, error)
        nengo.Connection(stimulus, error, transform=-1)
        nengo.Connection(error, learned.learning_rule)
        nengo.Probe(post, synapse=0.01)
    return model


def chain(ensembles=1000, neurons=20):
    with nengo.Network(seed=1) as model:
        source = nengo.Node(lambda t: np.sin(8 * t))
        for _ in range(ensembles):
            target = nengo.Ensemble(neurons, 1)
            nengo.Connection(source, target)
            source = target
        nengo.Probe(source, synapse=0.01)
    return model


def channel(neurons=1000, dimensions=64):
    with nengo.Network(seed=1) as model:
        a, b = nengo.Ensemble(neurons, dimensions), nengo.Ensemble(neurons, dimensions)
        nengo.Connection(nengo.Node(np.sin(np.arange(dimensions)) / np.sqrt(dimensions / 2)), a)
        nengo.Connection(a, b)
        nengo.Probe(b, synapse=0.01)
    return model


def learning(neurons=1000, dimensions=8):
    with nengo.Network(seed=1) as model:
        u = nengo.Node(lambda t: np.sin(4 * t + np.arange(dimensions)) / 2)
        pre, post = nengo.Ensemble(neurons, dimensions), nengo.Ensemble(neurons, dimensions)
        nengo.Connection(u, pre)
        conn = nengo.Connection(pre, post, learning_rule_type=nengo.PES())
        error = nengo.Node(size_in=dimensions)
        nengo.Connection(post, error)
        nengo.Connection(u, error, transform=-1)
        nengo.Connection(error, conn.learning_rule)
        nengo.Probe(post, synapse=0.01)
    return model


def integrator(neurons=1000):
    with nengo.Network(seed=1) as model:
        e = nengo.Ensemble(neurons, 1)
        nengo.Connection(nengo.Node(lambda t: np.sin(8 * t)), e, transform=0.1, synapse=0.1)
        nengo.Connection(e, e, synapse=0.1)
        nengo.Probe(e, synapse=0.01)
    return model


def convolution(dimensions=256, neurons=200):
    vectors = [np.sin(np.arange(1, dimensions + 1) * i) / np.sqrt(dimensions / 2) for i in (1, 2)]
    with nengo.Network(seed=1) as model:
        cconv = CircularConvolution(neurons, dimensions)
        nengo.Connection(nengo.Node(vectors[0]), cconv.input_a)
        nengo.Connection(nengo.Node(vectors[1]), cconv.input_b)
        nengo.Probe(cconv.output, synapse=0.01)
    return model


def basal_ganglia(actions=100, neurons=100):
    with nengo.Network(seed=1) as model:
        bg = BasalGanglia(actions, neurons)
        for connection in bg.all_connections:
            connection.solver = nengo.solvers.LstsqL2()
        nengo.Connection(nengo.Node(0.2 + 0.6 * np.abs(np.sin(np.arange(actions)))), bg.input)
        nengo.Probe(bg.output, synapse=0.01)
    return model


if __name__ == "__main__":
    network, what = sys.argv[1:]
    start = time.perf_counter()
    with nengo.Simulator(globals()[network.replace("-", "_")](), progress_bar=False) as sim:
        if what == "build":
            print((time.perf_counter() - start) * 1e3)
        else:
            sim.run_steps(100)
            fastest = np.inf
            for _ in range(3):
                start = time.perf_counter()
                sim.run_steps(1000)
                fastest = min(fastest, (time.perf_counter() - start) * 1e6 / 1000)
            print(fastest)
