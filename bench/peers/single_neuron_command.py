"""The note's example in Nengo as a command: prints the whole time of a fresh
Python process in milliseconds, start to exit, without figures."""
import pathlib
import subprocess
import sys
import time

here = pathlib.Path(__file__).parent
program = """
import nengo
from single_neuron_step import single_neuron
with nengo.Simulator(single_neuron(), progress_bar=False) as sim:
    sim.run(1)
"""

if __name__ == "__main__":
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", program], cwd=here, check=True)
    print((time.perf_counter() - start) * 1e3)
