"""Weights of plastic synapses between a pair of neurons with given spikes, as
NEST 3.10 sends them: python stdp_more.py > stdp_more.json"""
import json

import nest

nest.verbosity = nest.VerbosityLevel.ERROR
PRE = [10.0, 15.0, 22.0, 30.0, 31.0, 45.0, 50.0, 52.5, 60.0, 80.0, 81.5, 83.0, 100.0, 120.0, 121.0, 140.0, 160.0, 161.0, 162.0, 190.0]
POST = [5.0, 12.0, 16.0, 24.0, 29.0, 33.0, 44.0, 51.0, 55.0, 61.0, 79.0, 82.0, 90.0, 101.0, 119.0, 125.0, 139.5, 150.0, 159.0, 165.0, 185.0]
DOPAMINE = [20.0, 58.0, 83.0, 83.5, 130.0, 170.0]


def pair(synapse, name, weight, delay, tau_minus, common=None, dopamine=False, post_times=POST, **given):
    nest.ResetKernel()
    nest.resolution = 0.1
    post = nest.Create("parrot_neuron", params={"tau_minus": tau_minus})
    pre = nest.Create("parrot_neuron")
    for target, times in (pre, PRE), (post, post_times):
        source = nest.Create("spike_generator", params={"spike_times": [t - 1.0 for t in times]})
        nest.Connect(source, target, syn_spec={"delay": 1.0})
    recorder = nest.Create("weight_recorder")
    settings = dict(given, weight_recorder=recorder)
    if dopamine:
        transmitter = nest.Create("volume_transmitter", params={"deliver_interval": 1})
        parrot = nest.Create("parrot_neuron")
        source = nest.Create("spike_generator", params={"spike_times": [t - 1.0 for t in DOPAMINE]})
        nest.Connect(source, parrot, syn_spec={"delay": 1.0})
        nest.Connect(parrot, transmitter, syn_spec={"delay": delay})
        settings["volume_transmitter"] = transmitter
    nest.CopyModel(synapse, "plastic", settings)
    # receptor 1 of a parrot neuron takes spikes without repeating them
    nest.Connect(pre, post, syn_spec={"synapse_model": "plastic", "weight": weight, "delay": delay, "receptor_type": 1})
    nest.Simulate(200.0)
    events = recorder.events
    return {
        "synapse": synapse, "name": name, "delay_ms": delay, "tau_minus_ms": tau_minus, "given": given, "weight_start": weight,
        "pre_spikes_ms": PRE, "post_spikes_ms": post_times, "dopamine_spikes_ms": DOPAMINE if dopamine else [],
        "weight_at_arrival": [{"t_ms": t, "w": w} for t, w in zip(events["times"].tolist(), events["weights"].tolist())],
    }


pairs = [
    pair("stdp_pl_synapse_hom", "power law", 45.0, 1.5, 30.0, **{"tau_plus": 15.0, "lambda": 0.1, "alpha": 0.0513, "mu": 0.4}),
    pair("stdp_pl_synapse_hom", "power law, strong", 5.0, 0.1, 20.0, **{"tau_plus": 20.0, "lambda": 0.3, "alpha": 1.0, "mu": 0.7}),
]
for kind in "nn_symm", "nn_pre_centered", "nn_restr":
    # Before the first spike NEST takes one at time 0 for granted; no target spike
    # comes between.
    pairs.append(pair("stdp_%s_synapse" % kind, kind, 50.0, 1.5, 25.0, post_times=POST[1:],
                      **{"tau_plus": 20.0, "lambda": 0.05, "alpha": 1.1, "mu_plus": 0.3, "mu_minus": 0.7, "Wmax": 100.0}))
pairs.append(pair("stdp_dopamine_synapse", "dopamine", 50.0, 1.0, 20.0, dopamine=True,
                  A_plus=1.0, A_minus=1.5, tau_plus=20.0, tau_c=300.0, tau_n=100.0, b=0.002, Wmin=0.0, Wmax=200.0))
# Where a bound is reached NEST goes back and forth in time over it, so that its
# weights there are not those of the equations; no bound is reached here.
print(json.dumps(pairs, indent=1))
