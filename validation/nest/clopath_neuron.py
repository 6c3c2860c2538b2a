"""aeif_psc_delta_clopath alone, as NEST 3.10 steps it: adds its cases to
single_neuron.json and writes their V_m. python clopath_neuron.py"""
import json

import nest

nest.verbosity = nest.VerbosityLevel.ERROR
MODEL = "aeif_psc_delta_clopath"
SPIKES = [(5.0, 4.0, 1.0), (12.3, 15.0, 1.5), (12.9, 15.0, 0.8), (20.0, -6.0, 1.0), (31.7, 24.0, 2.3), (33.0, 12.0, 1.0),
          (34.0, 120.0, 1.0), (35.0, 12.0, 1.0), (37.0, 20.0, 0.1), (48.6, -8.0, 0.1), (60.0, 110.0, 1.0), (60.0, 4.0, 1.0),
          (71.1, 16.0, 1.2), (71.2, 16.0, 1.2), (71.3, 16.0, 1.2), (90.0, -12.0, 3.0), (101.4, 10.0, 1.0), (103.4, 10.0, 1.0),
          (105.4, 10.0, 1.0), (107.4, 10.0, 1.0), (109.4, 10.0, 1.0), (130.0, 20.0, 5.0), (140.0, -4.0, 1.0)]


def case(name, params, inputs):
    nest.ResetKernel()
    nest.resolution = 0.1
    cell = nest.Create(MODEL, params=params)
    start = {k: v for k, v in cell.get().items() if isinstance(v, (int, float))}
    meter = nest.Create("multimeter", params={"record_from": ["V_m"], "interval": 0.1})
    recorder = nest.Create("spike_recorder")
    nest.Connect(meter, cell)
    nest.Connect(cell, recorder)
    for t, weight, delay in inputs:
        generator = nest.Create("spike_generator", params={"spike_times": [t]})
        nest.Connect(generator, cell, syn_spec={"weight": weight, "delay": delay})
    nest.Simulate(200.1)
    events = meter.events
    with open("%s.%s.csv" % (MODEL, name), "w") as f:
        f.write("t_ms,V_m\n")
        for t, v in list(zip(events["times"], events["V_m"]))[:2000]:
            f.write("%.1f,%.12g\n" % (t, v))
    return {
        "model": MODEL, "case": name, "params_and_initial_state": start, "dt_ms": 0.1, "T_ms": 200.0, "columns": ["V_m"],
        "input_spikes": [{"t_ms": t, "weight": w, "delay_ms": d} for t, w, d in inputs],
        "spike_times_ms": [t for t in recorder.events["times"].tolist() if t <= 200.0],
    }


with open("single_neuron.json") as f:
    file = json.load(f)
file["cases"] = [c for c in file["cases"] if c["model"] != MODEL] + [
    case("dc", {"I_e": 900.0}, []),
    case("spikes", {"t_ref": 1.0}, SPIKES),
]
with open("single_neuron.json", "w") as f:
    json.dump(file, f, indent=0)
