"""100 000 iaf_psc_exp neurons without synapses in NEST, one thread, dt 0.1 ms, driven
to 60 Hz: prints nanoseconds per neuron and step."""
import time

import nest

N, STEPS = 100_000, 1000
nest.verbosity = nest.VerbosityLevel.ERROR
nest.ResetKernel()
nest.resolution = 0.1
cells = nest.Create("iaf_psc_exp", N, params={"I_e": 500.0})
cells.V_m = nest.random.uniform(-70.0, -55.0)
nest.Prepare()
nest.Run(10.0)
start = time.time()
nest.Run(0.1 * STEPS)
elapsed = time.time() - start
nest.Cleanup()
print(elapsed * 1e9 / N / STEPS)
