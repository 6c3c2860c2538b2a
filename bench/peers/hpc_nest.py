"""The HPC benchmark in NEST: prints the seconds that one simulated second takes,
connecting and the first 50 ms not counted. Arguments: threads, scale, simulated
seconds; with a fourth, prints rates (Hz, between 50 ms and the end) and the mean
and standard deviation of the plastic weights (pA) at the end instead."""
import sys
import time

import nest

threads = int(sys.argv[1]) if len(sys.argv) > 1 else 2
scale = float(sys.argv[2]) if len(sys.argv) > 2 else 1.0
seconds = float(sys.argv[3]) if len(sys.argv) > 3 else 0.1
nest.verbosity = nest.VerbosityLevel.ERROR
nest.ResetKernel()
nest.resolution = 0.1
nest.local_num_threads = threads

C_E, C_I, tau_syn, J, delay = 9000, 2250, 0.32582722403722841, 45.609600316540956, 1.5
cell = {"E_L": 0.0, "V_reset": 0.0, "V_th": 20.0, "C_m": 250.0, "tau_m": 10.0, "t_ref": 0.5,
        "tau_syn_ex": tau_syn, "tau_syn_in": tau_syn, "tau_minus": 30.0}
exc = nest.Create("iaf_psc_alpha", int(9000 * scale), params=cell)
inh = nest.Create("iaf_psc_alpha", int(2250 * scale), params=cell)
for population in exc, inh:
    population.V_m = nest.random.normal(5.7, 7.2)
rate = 1.685 * 20.0 * 250.0 / (10.0 * J * 2.718281828459045 * tau_syn) * 1000
noise = nest.Create("poisson_generator", params={"rate": rate})
nest.CopyModel("stdp_pl_synapse_hom_hpc", "plastic",
               {"tau_plus": 15.0, "lambda": 0.1, "alpha": 0.0513, "mu": 0.4})


def connect(source, target, indegree, **synapse):
    rule = {"rule": "fixed_indegree", "indegree": indegree, "allow_autapses": False, "allow_multapses": True}
    nest.Connect(source, target, rule, dict({"synapse_model": "static_synapse_hpc", "delay": delay}, **synapse))


connect(exc, exc, C_E, synapse_model="plastic", weight=J)
connect(exc, inh, C_E, weight=J)
for target in exc, inh:
    connect(inh, target, C_I, weight=-5 * J)
    nest.Connect(noise, target, "all_to_all", {"weight": J, "delay": delay})
recorders = []
if len(sys.argv) > 4:
    for population in exc, inh:
        recorders.append(nest.Create("spike_recorder", params={"start": 50.0}))
        nest.Connect(population, recorders[-1])
nest.Simulate(50.0)
start = time.time()
nest.Simulate(1000 * seconds)
elapsed = time.time() - start
if recorders:
    weights = nest.GetConnections(exc, exc).get("weight")
    mean = sum(weights) / len(weights)
    sd = (sum((w - mean) ** 2 for w in weights) / len(weights)) ** 0.5
    print([r.n_events / len(p) / seconds for r, p in zip(recorders, (exc, inh))], mean, sd)
else:
    print(elapsed / seconds)
