# Writes examples.json: what the networks of examples/ do in Nengo, as mean and
# standard deviation over seeds. The measures are those of examples/nef_test.go.
import json, sys
import nengo, numpy as np

def lowpass(u, tau):
    # as through a synapse on a connection: seen one step later
    a = np.exp(-0.001 / tau)
    y, out = 0.0, []
    for x in u:
        out.append(y)
        y = a * y + (1 - a) * x
    return np.array(out)

def rms(x):
    return float(np.sqrt(np.mean(np.square(x))))

def simulate(build, seconds, seed):
    with nengo.Network(seed=seed) as net:
        probes = build()
    with nengo.Simulator(net, progress_bar=False) as sim:
        sim.run(seconds)
    return [sim.data[p] for p in probes]

def channel(n, seed, tau=0.01):
    def build():
        stim = nengo.Node(lambda t: 0.6 * np.sin(2 * np.pi * 1.3 * t) + 0.3 * np.sin(2 * np.pi * 3.1 * t))
        a, b = nengo.Ensemble(n, 1), nengo.Ensemble(n, 1)
        nengo.Connection(stim, a, synapse=None)
        nengo.Connection(a, b, synapse=tau)
        return nengo.Probe(stim), nengo.Probe(b, synapse=tau)
    u, y = simulate(build, 2, seed)
    return [rms((y[:, 0] - lowpass(lowpass(u[:, 0], tau), tau))[100:])]

def squaring(n, seed):
    def build():
        stim = nengo.Node(lambda t: np.sin(2 * np.pi * t))
        a, b = nengo.Ensemble(n, 1), nengo.Ensemble(n, 1)
        nengo.Connection(stim, a, synapse=None)
        nengo.Connection(a, b, synapse=0.01, function=np.square)
        return nengo.Probe(stim), nengo.Probe(b, synapse=0.02)
    u, y = simulate(build, 2, seed)
    return [rms((y[:, 0] - lowpass(lowpass(u[:, 0] ** 2, 0.01), 0.02))[100:])]

def oscillator(n, seed, tau=0.1, omega=2 * np.pi):
    def build():
        push = nengo.Node(nengo.processes.Piecewise({0: [1, 0], 0.1: [0, 0]}))
        x = nengo.Ensemble(n, 2)
        nengo.Connection(push, x)
        nengo.Connection(x, x, synapse=tau, function=lambda x: [x[0] - tau * omega * x[1], x[1] + tau * omega * x[0]])
        return (nengo.Probe(x, synapse=0.01),)
    (x,) = simulate(build, 5, seed)
    x = x[1000:]
    turns = np.unwrap(np.arctan2(x[:, 1], x[:, 0]))
    return [float((turns[-1] - turns[0]) / (2 * np.pi * 3.999)), float(np.mean(np.hypot(x[:, 0], x[:, 1])))]

def integrator(n, seed, tau=0.1):
    def build():
        u = nengo.Node(nengo.processes.Piecewise({0: 0, 0.2: 4, 0.4: 0, 0.8: -2, 1.0: 0}))
        c = nengo.Node(nengo.processes.Piecewise({0: 1, 1.5: 0.5, 2.2: 1}))
        m = nengo.Ensemble(n, 2, radius=1.5)
        nengo.Connection(u, m[0], transform=tau, synapse=tau)
        nengo.Connection(c, m[1], synapse=0.005)
        nengo.Connection(m, m[0], function=lambda x: x[0] * x[1], synapse=tau)
        return (nengo.Probe(m[0], synapse=0.02),)
    (x,) = simulate(build, 3, seed)
    return [float(np.mean(x[600:800])), float(np.mean(x[1300:1500])), float(np.mean(x[1900:2200]))]

def product(n, seed):
    def build():
        stim = nengo.Node(lambda t: [np.sin(13 * t), np.sin(9.2 * t + 1)])
        a, b = nengo.Ensemble(n, 2, radius=1.4), nengo.Ensemble(100, 1)
        nengo.Connection(stim, a)
        learned = nengo.Connection(a, b, function=lambda x: 0, learning_rule_type=nengo.PES(3e-4))
        product = nengo.Node(lambda t, x: x[0] * x[1], size_in=2)
        error = nengo.Node(lambda t, x: x if t < 40 else 0, size_in=1, size_out=1)
        nengo.Connection(stim, product)
        nengo.Connection(product, error, synapse=0.01, transform=-1)
        nengo.Connection(b, error)
        nengo.Connection(error, learned.learning_rule)
        return nengo.Probe(product, synapse=0.03), nengo.Probe(b, synapse=0.02)
    want, got = simulate(build, 50, seed)
    e = (want - got)[:, 0]
    return [rms(e[:2000]), rms(e[40000:])]

def adaptive(n, seed, kappa=3e-6, tau=0.02):
    def build():
        wanted = nengo.Node(lambda t: [np.sin(2 * t), 2 * np.cos(2 * t)])
        q = nengo.Ensemble(1, 2, neuron_type=nengo.Direct())
        nengo.Connection(q, q, synapse=tau, function=lambda x: [x[0] + tau * x[1], x[1] - tau * (8 * np.sin(x[0]) + x[1])])
        pd = nengo.Node(lambda t, x: 20 * (x[0] - x[2]) + 6 * (x[1] - x[3]), size_in=4)
        nengo.Connection(wanted, pd[:2], synapse=None)
        nengo.Connection(q, pd[2:], synapse=0.001)
        nengo.Connection(pd, q[1], transform=tau, synapse=tau)
        a = nengo.Ensemble(n, 2, radius=2)
        nengo.Connection(q, a, transform=[[1.5, 0], [0, 0.8]])
        force = nengo.Connection(a, q[1], function=lambda x: 0, transform=tau, synapse=tau, learning_rule_type=nengo.PES(kappa))
        nengo.Connection(pd, force.learning_rule, transform=-1)
        return nengo.Probe(wanted[0]), nengo.Probe(q[0])
    want, got = simulate(build, 30, seed)
    e = (want - got)[:, 0]
    return [rms(e[:4000]), rms(e[20000:])]

table = {}
for name, run, n, seeds in [
    ("channel 25", channel, 25, 20), ("channel 100", channel, 100, 20), ("channel 400", channel, 400, 20),
    ("squaring", squaring, 100, 20), ("oscillator", oscillator, 500, 10),
    ("integrator", integrator, 500, 10), ("product", product, 200, 8),
    ("adaptive control", adaptive, 500, 8),
]:
    got = np.array([run(n, seed) for seed in range(1, seeds + 1)])
    table[name] = dict(seeds=seeds, mean=got.mean(axis=0).tolist(), sd=got.std(axis=0, ddof=1).tolist())
    print(name, table[name], flush=True)
json.dump(table, open(sys.argv[1], "w"), indent=1)
