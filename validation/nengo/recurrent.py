# Writes recurrent.json: an oscillator of 50 neurons that is given in full, spiking
# and not, every 5th step.
import json, sys
import nengo, numpy as np

def lcg(n, x=12345):
    out = []
    for _ in range(n):
        x = (1103515245 * x + 12345) % 2**31
        out.append(x / 2**30 - 1)
    return np.array(out)

n, r = 50, lcg(4 * 50 + 400)
model = dict(
    encoders=r[: 2 * n].reshape(n, 2), max_rates=250 + 90 * r[2 * n : 3 * n], intercepts=0.8 * r[3 * n : 4 * n],
    eval_points=0.7 * r[4 * n :].reshape(200, 2),
)
w = 0.2 * np.pi
out = {k: v.tolist() for k, v in model.items()}
for name, neuron in [("LIFRate", nengo.LIFRate()), ("LIF", nengo.LIF(initial_state={"voltage": nengo.dists.Choice([0])}))]:
    with nengo.Network(seed=1) as net:
        u = nengo.Node(lambda t: [1, 0] if t < 0.1005 else [0, 0])
        x = nengo.Ensemble(n, 2, neuron_type=neuron, **model)
        nengo.Connection(u, x)
        nengo.Connection(x, x, synapse=0.1, function=lambda x: [x[0] - w * x[1], x[1] + w * x[0]])
        p = nengo.Probe(x, synapse=0.01)
    with nengo.Simulator(net, progress_bar=False) as sim:
        sim.run(1)
    out[name] = sim.data[p][4::5].tolist()
json.dump(out, open(sys.argv[1], "w"))
