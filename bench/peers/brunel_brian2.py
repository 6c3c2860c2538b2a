"""Brunel's network A, 10 000 neurons, 1e7 synapses, g = 5, eta = 2, dt 0.1 ms in
Brian2 (C++ standalone, two threads): prints the seconds that one simulated second
takes, compiling and connecting not counted."""
import os
import shutil
import sys
import tempfile

from brian2 import (Hz, NeuronGroup, PoissonInput, Synapses, defaultclock, device, ms, mV,
                    prefs, run, second, seed, set_device)

threads = int(sys.argv[1]) if len(sys.argv) > 1 else 2
directory = tempfile.mkdtemp()
set_device("cpp_standalone", build_on_run=False, directory=directory)
prefs.devices.cpp_standalone.openmp_threads = threads if threads > 1 else 0
defaultclock.dt = 0.1 * ms
seed(1)

N_E, N_I = 8000, 2000
C_E, C_I = N_E // 10, N_I // 10
J, g, eta, tau, theta = 0.1 * mV, 5.0, 2.0, 20 * ms, 20 * mV
nu = theta / (J * C_E * tau)

cells = NeuronGroup(
    N_E + N_I, "dv/dt = -v/tau : volt (unless refractory)",
    threshold="v >= theta", reset="v = 10*mV", refractory=2 * ms, method="exact")
exc = Synapses(cells, cells, on_pre="v += J", delay=1.5 * ms)
exc.connect("i < N_E", p=C_E / N_E)
inh = Synapses(cells, cells, on_pre="v -= g*J", delay=1.5 * ms)
inh.connect("i >= N_E", p=C_I / N_I)
drive = PoissonInput(cells, "v", C_E, eta * nu, J)
run(1 * second)
device.build(directory=directory, compile=True, run=True)
print(device._last_run_time)
shutil.rmtree(directory, ignore_errors=True)
