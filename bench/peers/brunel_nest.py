"""Brunel's network A, g = 5, eta = 2, dt 0.1 ms, 1000 synapses onto each neuron, in
NEST: prints the seconds that one simulated second takes, or with "connect" those that
connecting takes. Arguments: threads, excitatory neurons, simulated seconds, "connect"."""
import sys
import time

import nest

threads = int(sys.argv[1]) if len(sys.argv) > 1 else 2
excitatory = int(sys.argv[2]) if len(sys.argv) > 2 else 8000
seconds = float(sys.argv[3]) if len(sys.argv) > 3 else 1.0
nest.verbosity = nest.VerbosityLevel.ERROR
nest.ResetKernel()
nest.resolution = 0.1
nest.local_num_threads = threads

C_E, C_I, J, g, eta, tau, theta, delay = 800, 200, 0.1, 5.0, 2.0, 20.0, 20.0, 1.5
cell = {"tau_m": tau, "E_L": 0.0, "V_m": 0.0, "V_th": theta, "V_reset": 10.0, "t_ref": 2.0, "C_m": 1.0}
start = time.time()
exc = nest.Create("iaf_psc_delta", excitatory, params=cell)
inh = nest.Create("iaf_psc_delta", excitatory // 4, params=cell)
noise = nest.Create("poisson_generator", params={"rate": eta * theta / (J * tau) * 1000})
recorder = nest.Create("spike_recorder")
for target in exc, inh:
    nest.Connect(exc, target, {"rule": "fixed_indegree", "indegree": C_E}, {"weight": J, "delay": delay})
    nest.Connect(inh, target, {"rule": "fixed_indegree", "indegree": C_I}, {"weight": -g * J, "delay": delay})
    nest.Connect(noise, target, "all_to_all", {"weight": J, "delay": delay})
nest.Connect(exc, recorder)
nest.Prepare()
connected = time.time() - start
nest.Run(100.0)
start = time.time()
nest.Run(1000 * seconds)
elapsed = time.time() - start
nest.Cleanup()
print(connected if len(sys.argv) > 4 else elapsed / seconds)
