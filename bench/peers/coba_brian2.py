"""The conductance-based network of Vogels and Abbott (2005) from equations in Brian2,
4000 neurons, 10 s, exponential Euler at 0.1 ms. Arguments: cpp or cython, and
"total" for the seconds of everything a user waits for (imports, compiling with
an empty cache as after a change of the equations, connecting, running) or "run"
for the simulation alone. Prints seconds."""
import time

start = time.time()

import shutil
import sys
import tempfile

from brian2 import (BrianLogger, NeuronGroup, Network, SpikeMonitor, Synapses, defaultclock, device, ms, mV,
                    nS, prefs, second, seed, set_device)

mode, what = sys.argv[1], sys.argv[2]
directory = tempfile.mkdtemp()
if mode == "cpp":
    set_device("cpp_standalone", build_on_run=False, directory=directory)
else:
    prefs.codegen.target = "cython"
    prefs.codegen.runtime.cython.cache_dir = directory
BrianLogger.suppress_hierarchy("brian2")
defaultclock.dt = 0.1 * ms
seed(1)

E_L, E_e, E_i, V_th, V_r = -60 * mV, 0 * mV, -80 * mV, -50 * mV, -60 * mV
g_L, tau_m, tau_e, tau_i = 10 * nS, 20 * ms, 5 * ms, 10 * ms
w_e, w_i = 6 * nS, 67 * nS
cells = NeuronGroup(4000, """
    dv/dt   = (E_L - v + (g_e*(E_e - v) + g_i*(E_i - v))/g_L)/tau_m : volt (unless refractory)
    dg_e/dt = -g_e/tau_e : siemens
    dg_i/dt = -g_i/tau_i : siemens""",
    threshold="v > V_th", reset="v = V_r", refractory=5 * ms, method="exponential_euler")
cells.v = "-65*mV + 5*mV*randn()"
cells.g_e = "60*nS*rand()"
cells.g_i = "200*nS*rand()"
exc = Synapses(cells, cells, on_pre="g_e += w_e", delay=0.1 * ms)
exc.connect("i < 3200", p=0.02)
inh = Synapses(cells, cells, on_pre="g_i += w_i", delay=0.1 * ms)
inh.connect("i >= 3200", p=0.02)
spikes = SpikeMonitor(cells)
network = Network(cells, exc, inh, spikes)
network.run(10 * second)
if mode == "cpp":
    device.build(directory=directory, compile=True, run=True)
    alone = device._last_run_time
elif what == "run":  # once more, with everything compiled
    begin = time.time()
    network.run(10 * second)
    alone = time.time() - begin
print(f"{spikes.num_spikes / 4000 / 10:.1f} Hz", file=sys.stderr)
print(alone if what == "run" else time.time() - start)
shutil.rmtree(directory, ignore_errors=True)
