//go:build unix

package main

import (
	"bufio"
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"soma/record"
)

const endless = `
model = Network("endless", seed = 1)
cell = model.population(100, neuron = neuron.LIF(), init = {"voltage": 0}, name = "cell")
model.connect(model.node(2.0, name = "drive"), cell)
model.probe(cell[0], name = "spikes")
model.probe(cell[0], "voltage", name = "voltage", sample_every = 100*ms)
simulate(1e6*second)
`

// interrupted starts an endless run and sends it a signal when it shows
// progress.
func interrupted(t *testing.T, signal os.Signal) (out string, code int, stderr string) {
	t.Helper()
	dir := t.TempDir()
	model := filepath.Join(dir, "endless.star")
	if err := os.WriteFile(model, []byte(endless), 0o666); err != nil {
		t.Fatal(err)
	}
	out = filepath.Join(dir, "out")
	cmd := exec.Command("soma", "run", model, "--out", out, "--progress", "plain", "--figures", "none")
	pipe, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(pipe)
	first, err := lines.ReadString('\n')
	if err != nil {
		t.Fatalf("no progress: %q, %v", first, err)
	}
	if err := cmd.Process.Signal(signal); err != nil {
		t.Fatal(err)
	}
	var rest bytes.Buffer
	if _, err := rest.ReadFrom(lines); err != nil {
		t.Fatal(err)
	}
	cmd.Wait() // its exit code is what counts
	return out, cmd.ProcessState.ExitCode(), rest.String()
}

func TestInterruptedRunKeepsItsResults(t *testing.T) {
	for _, signal := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		out, code, stderr := interrupted(t, signal)
		if code != exitInterrupted {
			t.Errorf("%v: exit code %d, want %d", signal, code, exitInterrupted)
		}
		if !strings.Contains(stderr, "interrupted after ") || !strings.Contains(stderr, "marked as partial") {
			t.Errorf("%v: the user is told %q", signal, stderr)
		}
		r, err := record.Read(out)
		if err != nil {
			t.Fatalf("%v: %v", signal, err)
		}
		run := r.Run
		if !run.Partial || run.Steps < 1 || run.Steps >= 1e9 || run.Time != float64(run.Steps)*run.Dt {
			t.Errorf("%v: run.json says partial %v after %d steps, %g s", signal, run.Partial, run.Steps, run.Time)
		}
		if want := int(run.Steps / 100); len(r.Values[0].T) != want {
			t.Errorf("%v: %d samples, want %d", signal, len(r.Values[0].T), want)
		}
		if n := len(r.Spikes[0].Times); n == 0 || r.Spikes[0].Times[n-1] > run.Time {
			t.Errorf("%v: %d spikes do not fit %g s", signal, n, run.Time)
		}
	}
}
