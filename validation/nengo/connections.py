"""Connections between given ensembles in Nengo, step by step: writes
validation/nengo/connections.json. Run with Nengo 4.1: `connections.py FILE`."""
import json
import sys

import nengo
import numpy as np

reference = json.load(open("validation/nengo/learning.json"))
A, B = np.array(reference["encA"]), np.array(reference["encB"])
D0, W0 = np.array(reference["D0"]), np.array(reference["W0"])
STEPS = 120


def ensemble(name, encoders, gain, bias, neuron, radius=1):
    return nengo.Ensemble(
        len(gain), 2, neuron_type=neuron, encoders=encoders, radius=radius, label=name,
        gain=np.array(gain), bias=np.array(bias), normalize_encoders=False, noise=None)


def run(case, neuron):
    with nengo.Network(seed=1) as model:
        u = nengo.Node(lambda t: [np.cos(20 * t), np.sin(20 * t)])
        a = ensemble("a", A, reference["gainA"], reference["biasA"], neuron())
        b = ensemble("b", B, reference["gainB"], reference["biasB"], neuron(), radius=1.5)
        nengo.Connection(u, a, synapse=None)
        given = nengo.solvers.NoSolver(D0)
        learned = None
        if case == "to neurons":
            nengo.Connection(a[1], b.neurons[1:4], function=lambda x: x,
                             transform=[[0.5], [-1], [2]], solver=nengo.solvers.NoSolver(D0[:, :1]))
            nengo.Connection(u[0], b.neurons[::2], transform=[[0.1], [0.2], [0.3]], synapse=None)
        elif case == "from neurons":
            nengo.Connection(a.neurons[2:6], b, transform=W0[:2, :4], synapse=0.01)
        elif case == "recurrent":
            nengo.Connection(a, b, solver=given)
            nengo.Connection(b, b[1], function=lambda x: x[0] * x[1], synapse=0.02,
                             solver=nengo.solvers.NoSolver(D0[:5, 1:]))
        else:  # "full weights": learned between all pairs, for one dimension of the target
            learned = nengo.Connection(a, b[1], function=lambda x: x[0], transform=2,
                                       solver=nengo.solvers.NoSolver(D0[:, :1], weights=True),
                                       learning_rule_type=nengo.PES(1e-5))
            error = nengo.Node([0.5])
            nengo.Connection(error, learned.learning_rule, synapse=None)
        current = nengo.Probe(b.neurons, "input")
        output = nengo.Probe(b.neurons)
        weights = nengo.Probe(learned, "weights") if learned else None
    with nengo.Simulator(model, progress_bar=False) as sim:
        if neuron is nengo.LIF:
            for ens in (a, b):
                sim.signals[sim.model.sig[ens.neurons]["voltage"]][...] = 0
        sim.run_steps(STEPS)
        result = {"current": sim.data[current].tolist(), "spikes": (sim.data[output] > 0).sum(axis=0).tolist()}
        if learned:
            result["weights"] = sim.data[weights][-1].tolist()
        return result


cases = ["to neurons", "from neurons", "recurrent", "full weights"]
json.dump({"steps": STEPS, "cases": {
    f"{neuron.__name__}/{case}": run(case, neuron)
    for neuron in (nengo.LIF, nengo.LIFRate) for case in cases}}, open(sys.argv[1], "w"))
