"""The cortical microcircuit with Poisson input in NEST: prints the seconds that one
simulated second takes, or with "connect" those that connecting takes. At full density
it needs 15 GB. Arguments: threads, scale, simulated seconds, "connect"."""
import pathlib
import sys
import time

import nest

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "validation" / "nest"))
import microcircuit  # noqa: E402

threads = int(sys.argv[1]) if len(sys.argv) > 1 else 2
scale = float(sys.argv[2]) if len(sys.argv) > 2 else 1.0
seconds = float(sys.argv[3]) if len(sys.argv) > 3 else 1.0
nest.verbosity = nest.VerbosityLevel.ERROR
start = time.time()
microcircuit.build(1, scale, threads)
nest.Prepare()
connected = time.time() - start
nest.Run(100.0)
start = time.time()
nest.Run(1000 * seconds)
elapsed = time.time() - start
nest.Cleanup()
print(connected if len(sys.argv) > 4 else elapsed / seconds)
