package main

import (
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	"soma"
	"soma/record"
)

// summarise tells how a run went, in a few lines.
func summarise(w io.Writer, dir string, net *soma.Network, result *record.Result) error {
	run, paint, size := result.Run, painterFor(w), measure(net)
	var b strings.Builder
	line := func(what, text string) { fmt.Fprintf(&b, "  %s  %s\n", paint.dim(fmt.Sprintf("%-9s", what)), text) }

	fmt.Fprintf(&b, "%s\n", paint.bold(net.Name))
	line("network", fmt.Sprintf("%s, %s, %s", count(size.neurons, "neuron"), count(size.connections, "connection"), count(size.probes, "probe")))
	simulated := fmt.Sprintf("%s in %s of %s, seed %d", duration(run.Time), count(run.Steps, "step"), duration(run.Dt), run.Seed)
	if run.Partial {
		simulated += ", " + paint.yellow("interrupted")
	}
	line("simulated", simulated)
	for i, text := range spikeLines(result) {
		what := "spikes"
		if i > 0 {
			what = ""
		}
		line(what, text)
	}
	line("time", fmt.Sprintf("build %s, run %s%s, write %s", elapsed(run.BuildS), elapsed(run.RunS), inBrackets(speed(run.RealTimeFactor)), elapsed(run.WriteS)))
	line("results", paint.cyan(dir)+"  "+contents(dir, run.Files))
	_, err := io.WriteString(w, b.String())
	return err
}

// manyProbes is how many spike probes are listed singly.
const manyProbes = 12

// spikeLines gives one line per spike probe, in columns.
func spikeLines(result *record.Result) []string {
	if len(result.Spikes) > manyProbes {
		total, neurons := 0, 0
		for _, s := range result.Spikes {
			total, neurons = total+result.Run.Spikes[s.Name].Count, neurons+s.Neurons
		}
		rate := float64(total) / float64(max(neurons, 1)) / max(result.Run.Time, result.Run.Dt)
		return []string{fmt.Sprintf("%s of %s in %s, %s Hz on average", grouped(int64(total)), count(neurons, "neuron"), count(len(result.Spikes), "probe"), digits(rate, 3))}
	}
	rows := make([][]string, len(result.Spikes))
	for i, s := range result.Spikes {
		c := result.Run.Spikes[s.Name]
		rows[i] = []string{s.Name, grouped(int64(c.Count)), "of " + count(c.Neurons, "neuron"), digits(c.RateHz, 3) + " Hz", activity(c.Count, c.RateHz)}
	}
	return columns(rows, "lrlrl")
}

// runaway is a mean rate that no healthy network has for long, Hz.
const runaway = 200

// activity says what is odd about the activity of some neurons, if anything is.
func activity(spikes int, rate float64) string {
	switch {
	case spikes == 0:
		return "silent: none of them fired; is their input above threshold?"
	case rate > runaway:
		return "very active: does excitation run away?"
	}
	return ""
}

// large is the size of a file that is told, bytes.
const large = 100e6

// contents sums up the files of a result.
func contents(dir string, files []string) string {
	var names []string
	figures := 0
	for _, f := range files {
		if path.Dir(f) == "figures" {
			figures++
			continue
		}
		if info, err := os.Stat(filepath.Join(dir, f)); err == nil && info.Size() > large {
			f += " (" + memory(info.Size()) + ")"
		}
		names = append(names, f)
	}
	text := strings.Join(names, ", ")
	if len(names) > 4 {
		text = count(len(names), "file")
	}
	if figures > 0 {
		text += ", " + count(figures, "figure")
	}
	return text
}

func inBrackets(text string) string {
	if text == "" {
		return ""
	}
	return " (" + text + ")"
}
