"""Neurons without synapses in NEST: prints the nanoseconds for each neuron and step.
Arguments: model, constant current (pA), lowest and highest voltage at the start (mV)."""
import sys
import time

import nest

model, current, low, high = sys.argv[1], *map(float, sys.argv[2:5])
n, milliseconds = 1000, 200.0
nest.verbosity = nest.VerbosityLevel.ERROR
nest.ResetKernel()
nest.resolution = 0.1
cells = nest.Create(model, n, params={"I_e": current})
cells.V_m = nest.random.uniform(low, high)
nest.Simulate(50.0)
start = time.time()
nest.Simulate(milliseconds)
print((time.time() - start) * 1e9 / n / (milliseconds * 10))
