# Writes analysis.json: tuning curves, response curves and decoded values of
# small ensembles that are given in full.
import json, sys
import nengo, numpy as np
from nengo.utils.ensemble import tuning_curves, response_curves
from nengo.utils.connection import eval_point_decoding

def lcg(n, x=12345):
    out = []
    for _ in range(n):
        x = (1103515245 * x + 12345) % 2**31
        out.append(x / 2**30 - 1)
    return out

cases = []
for name, model, d, n, radius, text, f in [
    ("LIF", nengo.LIF(), 1, 12, 1.0, "x", lambda x: x),
    ("LIF", nengo.LIF(amplitude=0.01), 2, 30, 1.5, "x*y", lambda x: x[0] * x[1]),
    ("RectifiedLinear", nengo.RectifiedLinear(), 2, 24, 2.0, "x", lambda x: x),
]:
    r = lcg(n * d + 2 * n + 60 * d)
    enc = np.array(r[: n * d]).reshape(n, d)
    rates = 150 + 100 * np.array(r[n * d : n * d + n])
    inter = 0.9 * np.array(r[n * d + n : n * d + 2 * n])
    pts = 0.7 * np.array(r[n * d + 2 * n :]).reshape(60, d)
    with nengo.Network(seed=1) as net:
        a = nengo.Ensemble(n, d, neuron_type=model, radius=radius, encoders=enc, max_rates=rates, intercepts=inter, eval_points=pts)
        c = nengo.Connection(a, nengo.Node(size_in=len(np.atleast_1d(f(np.zeros(d))))), function=f)
    with nengo.Simulator(net, progress_bar=False) as sim:
        at = radius * np.array(lcg(9 * d, 999)).reshape(9, d)
        along = np.linspace(-1, 1, 9)
        p, t, y = eval_point_decoding(c, sim)
        cases.append(dict(
            neuron=name, amplitude=model.amplitude, radius=radius, function=text, encoders=enc.tolist(), max_rates=rates.tolist(),
            intercepts=inter.tolist(), eval_points=pts.tolist(),
            at=at.tolist(), tuning=tuning_curves(a, sim, at)[1].tolist(),
            along=along.tolist(), response=response_curves(a, sim, along)[1].tolist(),
            points=p.tolist(), targets=t.tolist(), decoded=y.tolist(), decoders=sim.data[c].weights.T.tolist(),
            rmse=np.atleast_1d(np.asarray(sim.data[c].solver_info["rmses"])).tolist() if "rmses" in sim.data[c].solver_info else None,
            got_max=sim.data[a].max_rates.tolist(), got_intercepts=sim.data[a].intercepts.tolist(),
        ))
json.dump(cases, open(sys.argv[1], "w"))
