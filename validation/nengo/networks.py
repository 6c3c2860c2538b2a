# Errors of Nengo's networks for constant inputs: root mean square over time
# (after 0.2 s), elements and trials, output filtered with 30 ms.
import json, numpy as np, nengo
def rmse(build, trials=10):
    total = 0
    for k in range(trials):
        r = np.random.RandomState(k)
        with nengo.Network(seed=k) as m:
            out, want = build(r)
            p = nengo.Probe(out, synapse=0.03)
        with nengo.Simulator(m, progress_bar=False) as s: s.run(0.5)
        total += ((s.data[p][200:] - want) ** 2).mean() / trials
    return float(total ** 0.5)
def unit(r, d):
    v = r.randn(d); return v / np.linalg.norm(v)
def conv(d):
    def b(r):
        x, y = unit(r, d), unit(r, d)
        c = nengo.networks.CircularConvolution(200, d)
        nengo.Connection(nengo.Node(x), c.input_a, synapse=None); nengo.Connection(nengo.Node(y), c.input_b, synapse=None)
        return c.output, np.fft.ifft(np.fft.fft(x) * np.fft.fft(y)).real
    return b
def prod(d):
    def b(r):
        x, y = r.uniform(-1, 1, d), r.uniform(-1, 1, d)
        c = nengo.networks.Product(200, d)
        nengo.Connection(nengo.Node(x), c.input_a, synapse=None); nengo.Connection(nengo.Node(y), c.input_b, synapse=None)
        return c.output, x * y
    return b
def array(r):
    x = r.uniform(-1, 1, 8)
    c = nengo.networks.EnsembleArray(100, 8)
    nengo.Connection(nengo.Node(x), c.input, synapse=None)
    return c.output, x
print(json.dumps({"ensemble_array 100 x 8": rmse(array), "product 200, 8-D": rmse(prod(8)), "circular convolution 200, 16-D": rmse(conv(16)), "circular convolution 200, 64-D": rmse(conv(64))}, indent=1))
