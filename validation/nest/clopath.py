"""Weights of NEST 3.10's clopath_synapse between a neuron with given spikes and
one with a voltage: python clopath.py > clopath.json"""
import json
import random

import nest

nest.verbosity = nest.VerbosityLevel.ERROR


def run(name, model, pre, drive, strength, weight, delay, neuron, synapse, T):
    nest.ResetKernel()
    # With a min_delay of more than a step NEST finds depression only for spikes at
    # the ends of its intervals.
    nest.set(resolution=0.1, min_delay=0.1, max_delay=1.5)
    cell = nest.Create(model, params=neuron)
    source = nest.Create("parrot_neuron")
    # a spike generator's spikes reach the parrot a millisecond late
    nest.Connect(nest.Create("spike_generator", params={"spike_times": [t - 1.0 for t in pre]}), source, syn_spec={"delay": 1.0})
    nest.Connect(nest.Create("spike_generator", params={"spike_times": [t - 1.0 for t in drive]}), cell, syn_spec={"weight": strength, "delay": 1.0})
    recorder = nest.Create("weight_recorder")
    spikes = nest.Create("spike_recorder")
    nest.Connect(cell, spikes)
    nest.CopyModel("clopath_synapse", "plastic", {"weight_recorder": recorder})
    nest.Connect(source, cell, syn_spec=dict(synapse, synapse_model="plastic", weight=weight, delay=delay))
    nest.Simulate(T)
    events = recorder.events
    return {
        "name": name, "model": model, "neuron": neuron, "given": synapse, "weight_start": weight, "delay_ms": delay,
        "pre_spikes_ms": pre, "drive_ms": drive, "drive_weight": strength, "post_spikes_ms": spikes.events["times"].tolist(),
        "weight_at_arrival": [{"t_ms": t, "w": w} for t, w in zip(events["times"].tolist(), events["weights"].tolist())],
    }


def pairing(rate, shift):
    """Five pairs at a rate, in Hz, and a spike of the source to read the weight"""
    times = [round(100.0 + i * 1000.0 / rate, 1) for i in range(5)]
    return times + [times[-1] + 150.0], [t + shift for t in times]


AEIF, HH = "aeif_psc_delta_clopath", "hh_psc_alpha_clopath"
LTD = {"A_LTD": 14.0e-5, "A_LTP": 8.0e-5}
cases = []
for rate in 10, 20, 50:
    for shift in 10.0, -10.0:
        pre, drive = pairing(rate, shift)
        cases.append(run("%d Hz, %+g ms" % (rate, shift), AEIF, pre, drive, 80.0, 0.5, 0.1 if rate < 50 else 1.0,
                         LTD, {"tau_x": 15.0, "Wmax": 3.0, "Wmin": 0.0}, pre[-1] + 20.0))
random.seed(3)
irregular = sorted({round(random.uniform(20.0, 500.0), 1) for _ in range(25)})
drive = sorted({round(random.uniform(20.0, 500.0), 1) for _ in range(20)})
cases.append(run("irregular, mean depolarisation", AEIF, irregular, drive, 60.0, 2.0, 1.5,
                 {"A_LTD": 1e-3, "A_LTP": 2e-4, "A_LTD_const": False, "u_ref_squared": 3600.0, "tau_u_bar_bar": 100.0, "t_clamp": 1.0, "t_ref": 1.0},
                 {"tau_x": 20.0, "Wmax": 2.4, "Wmin": 0.5}, 530.0))
cases.append(run("Hodgkin and Huxley", HH, irregular, drive, 2000.0, 20.0, 1.5,
                 {"A_LTD": 1e-2, "A_LTP": 4e-3, "theta_minus": -64.9, "theta_plus": -35.0, "tau_u_bar_plus": 20.0, "tau_u_bar_minus": 10.0,
                  "u_bar_plus": -65.0, "u_bar_minus": -65.0, "u_bar_bar": -65.0},
                 {"tau_x": 20.0, "Wmax": 60.0, "Wmin": 0.0}, 530.0))
print(json.dumps(cases, indent=1))
