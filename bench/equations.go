package main

import (
	"context"
	"os/exec"
	"path/filepath"
	"time"

	"soma/script"
	"soma/sim"
)

const coba = "examples/coba_equations.star"

// equationRows are networks whose neurons are written as equations.
func equationRows(dir, command string) []row {
	return []row{
		{"coba-total", "COBA from equations, 4000 neurons, 10 s: all that a user waits for (peer: C++ standalone)", "s", cobaTotal(dir, command), "coba_brian2.py cpp total"},
		{"coba-total-cython", "the same (peer: Cython)", "s", cobaTotal(dir, command), "coba_brian2.py cython total"},
		{"coba-run", "the run alone, one thread (peer: C++ standalone)", "s", cobaRun(1), "coba_brian2.py cpp run"},
		{"coba-run-cython", "the run alone, one thread (peer: Cython)", "s", cobaRun(1), "coba_brian2.py cython run"},
		{"coba-run-2", "the run alone, two threads", "s", cobaRun(2), ""},
	}
}

func cobaTotal(dir, command string) func() (float64, error) {
	return func() (float64, error) {
		start := time.Now()
		text, err := exec.Command(command, "run", coba, "--set", "duration=10", "--figures", "none", "--out", filepath.Join(dir, "coba.out")).CombinedOutput()
		if err != nil {
			return 0, failure(text, err)
		}
		return time.Since(start).Seconds(), nil
	}
}

func cobaRun(threads int) func() (float64, error) {
	return func() (float64, error) {
		model, err := script.Load(coba, script.Options{Set: map[string]string{"duration": "10"}})
		if err != nil {
			return 0, err
		}
		s, err := sim.New(model.Network, sim.Options{Dt: model.Dt, Threads: threads})
		if err != nil {
			return 0, err
		}
		start := time.Now()
		err = s.Run(context.Background(), model.Time)
		return time.Since(start).Seconds(), err
	}
}
