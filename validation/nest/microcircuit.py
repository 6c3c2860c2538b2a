"""The cortical microcircuit at a tenth of its size in NEST: rates, irregularity
and correlations, several seeds. Writes a table.

The definition is that of examples/microcircuit.star with scale = 0.1 and Poisson
input. Usage: python microcircuit.py FILE SEED [SEED ...]
"""
import csv
import sys

import nest
import numpy as np

SCALE, TIME, SETTLE = 0.1, 5.2, 0.2  # 1, s, s
DT = 0.1  # ms
NAMES = ["L23E", "L23I", "L4E", "L4I", "L5E", "L5I", "L6E", "L6I"]
SIZES = [20683, 5834, 21915, 5479, 4850, 1065, 14395, 2948]
PROBABILITIES = [
    [.1009, .1689, .0437, .0818, .0323, .0000, .0076, .0000],
    [.1346, .1371, .0316, .0515, .0755, .0000, .0042, .0000],
    [.0077, .0059, .0497, .1350, .0067, .0003, .0453, .0000],
    [.0691, .0029, .0794, .1597, .0033, .0000, .1057, .0000],
    [.1004, .0622, .0505, .0057, .0831, .3726, .0204, .0000],
    [.0548, .0269, .0257, .0022, .0600, .3158, .0086, .0000],
    [.0156, .0066, .0211, .0166, .0572, .0197, .0396, .2252],
    [.0364, .0010, .0034, .0005, .0277, .0080, .0658, .1443]]
OUTSIDE = [1600, 1500, 2100, 1900, 2000, 1900, 2900, 2100]
START_MEAN = [-68.28, -63.16, -63.33, -63.45, -63.11, -61.66, -66.72, -61.43]
START_STD = [5.36, 4.57, 4.74, 4.94, 4.94, 4.55, 5.46, 4.48]
KNOWN = [0.90, 2.97, 4.41, 5.88, 7.57, 8.63, 1.11, 7.83]
C, TAU, TAU_SYN = 250.0, 10.0, 0.5
R = TAU / TAU_SYN
W = 0.15 * C / (TAU_SYN * R ** (1 / (1 - R)))  # pA
QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95]


def weight(target, source):
    if source % 2:
        return -4 * W
    return 2 * W if (target, source) == (0, 2) else W


def synapses(target, source):
    p = PROBABILITIES[target][source]
    return np.log(1 - p) / np.log(1 - 1 / (SIZES[target] * SIZES[source]))


def build(seed, scale=SCALE, threads=1):
    nest.ResetKernel()
    nest.set(resolution=DT, rng_seed=seed, local_num_threads=threads, print_time=False)
    missing = 1 - np.sqrt(scale)
    layers, recorders = [], []
    for i in range(8):
        inside = TAU_SYN * 1e-3 * sum(
            synapses(i, j) / SIZES[i] * KNOWN[j] * weight(i, j) for j in range(8))
        outside = TAU_SYN * 1e-3 * OUTSIDE[i] * 8 * W
        layers.append(nest.Create("iaf_psc_exp", int(SIZES[i] * scale + 0.5), {
            "C_m": C, "tau_m": TAU, "E_L": -65.0, "V_reset": -65.0, "V_th": -50.0, "t_ref": 2.0,
            "tau_syn_ex": TAU_SYN, "tau_syn_in": TAU_SYN, "I_e": missing * (inside + outside),
            "V_m": nest.random.normal(START_MEAN[i], START_STD[i])}))
        recorders.append(nest.Create("spike_recorder", {"start": SETTLE * 1e3}))
        nest.Connect(layers[i], recorders[i])
    strength = 1 / np.sqrt(scale)
    for i in range(8):
        for j in range(8):
            n = int(synapses(i, j) * scale * scale + 0.5)
            if n == 0:
                continue
            mean = weight(i, j) * strength
            d = 1.5 if j % 2 == 0 else 0.75
            low, high = (0.0, 1e9) if mean > 0 else (-1e9, 0.0)
            nest.Connect(layers[j], layers[i], {"rule": "fixed_total_number", "N": n}, {
                "weight": nest.math.redraw(nest.random.normal(mean, 0.1 * abs(mean)), min=low, max=high),
                "delay": nest.math.redraw(nest.random.normal(d, d / 2), min=DT, max=1e9)})
        train = nest.Create("poisson_generator", params={"rate": OUTSIDE[i] * 8 * scale})
        nest.Connect(train, layers[i], "all_to_all", {"weight": W * strength, "delay": 1.5})
    return layers, recorders


def summary(values):
    """Mean, standard deviation and quantiles."""
    return [np.mean(values), np.std(values), *np.quantile(values, QUANTILES)]


def observe(layer, recorder, rng):
    events = recorder.get("events")
    times, ids = events["times"], events["senders"] - layer[0].global_id
    n, span = len(layer), TIME - SETTLE
    trains = [np.sort(times[ids == k]) for k in range(n)]
    cvs = []
    for t in trains:
        if len(t) >= 3:
            gaps = np.diff(t)
            cvs.append(np.std(gaps) / np.mean(gaps))
    width = 2.0
    bins = int(round(span * 1e3 / width))
    steps = np.rint((times - SETTLE * 1e3) / DT).astype(int)  # 1 ... ; bin (a, b]
    column = (steps - 1) // int(round(width / DT))
    counts = np.zeros((n, bins))
    np.add.at(counts, (ids, column), 1)
    varying = np.flatnonzero(counts.var(axis=1) > 0)
    chosen = np.sort(rng.permutation(varying)[:200])
    c = np.corrcoef(counts[chosen])
    return [len(times) / n / span, *summary(cvs), *summary(c[np.triu_indices(len(chosen), 1)])]


def main():
    nest.verbosity = nest.VerbosityLevel.ERROR
    kinds = ["mean", "sd"] + [f"q{100 * q:02.0f}" for q in QUANTILES]
    with open(sys.argv[1], "w") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["seed", "population", "rate"] + [f"{what}_{kind}" for what in ("cv", "corr") for kind in kinds])
        for seed in map(int, sys.argv[2:]):
            layers, recorders = build(seed)
            nest.Simulate(TIME * 1e3)
            rng = np.random.default_rng(seed)
            for i, (layer, recorder) in enumerate(zip(layers, recorders)):
                table.writerow([seed, i] + [f"{x:.6g}" for x in observe(layer, recorder, rng)])


if __name__ == "__main__":
    main()
