// Bench measures soma, and the peers beside it where they are installed, and
// prints one table.
//
//	go run ./bench                              soma alone
//	go run ./bench -python venv/bin/python      beside Nengo, Brian2 and NEST, if that python has them
//	go run ./bench -run neurons                 one row
//
// Every figure is the median of several runs, taken in turn with the peer's, so
// that a machine whose speed drifts does so for both. The ratios are what to
// compare.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"runtime/pprof"
	"slices"
	"strconv"
	"strings"
)

// A row is one line of the table: a piece of work and what it costs.
type row struct {
	name string
	work string // what is measured
	unit string
	soma func() (float64, error)
	// peers are scripts in bench/peers that print one number, with their arguments,
	// separated by commas.
	peers string
}

func main() {
	runs := flag.Int("n", 5, "runs of each row; the median counts")
	only := flag.String("run", "", "rows whose name matches this pattern")
	python := flag.String("python", "", "python that has the peers installed")
	profile := flag.String("cpuprofile", "", "file for a profile of the processor's time")
	flag.Parse()
	pattern, err := regexp.Compile(*only)
	if err == nil && *profile != "" {
		var stop func()
		if stop, err = profiled(*profile); err == nil {
			defer stop()
		}
	}
	if err == nil {
		err = table(*runs, pattern, *python)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// profiled starts a profile, until it is stopped.
func profiled(file string) (stop func(), err error) {
	f, err := os.Create(file)
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return nil, err
	}
	return func() { pprof.StopCPUProfile(); f.Close() }, nil
}

func table(runs int, only *regexp.Regexp, python string) error {
	rows, clean, err := rows()
	if err != nil {
		return err
	}
	defer clean()
	fmt.Printf("%s/%s, %d cores, %s\n\n", runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version())
	fmt.Println("| work | soma | peer | ratio |")
	fmt.Println("| --- | --- | --- | --- |")
	for _, r := range rows {
		if !only.MatchString(r.name) {
			continue
		}
		if err := r.print(runs, python); err != nil {
			return fmt.Errorf("%s: %w", r.name, err)
		}
	}
	return nil
}

// print measures a row and prints it: medians of runs taken in turn.
func (r row) print(runs int, python string) error {
	var scripts []string
	if python != "" && r.peers != "" {
		scripts = strings.Split(r.peers, ", ")
	}
	var ours []float64
	theirs := make([][]float64, len(scripts))
	for range runs {
		x, err := r.soma()
		if err != nil {
			return err
		}
		ours = append(ours, x)
		for i, script := range scripts {
			if x, err = peer(python, script); err != nil {
				return err
			}
			theirs[i] = append(theirs[i], x)
		}
	}
	var figures, ratios []string
	for i, script := range scripts {
		figures = append(figures, fmt.Sprintf("%s %.3g %s", nameOf(script), median(theirs[i]), r.unit))
		ratios = append(ratios, fmt.Sprintf("%.3g×", median(theirs[i])/median(ours)))
	}
	_, err := fmt.Printf("| %s | %.3g %s | %s | %s |\n", r.work, median(ours), r.unit, strings.Join(figures, ", "), strings.Join(ratios, ", "))
	return err
}

// nameOf is the peer that a script is for.
func nameOf(script string) string {
	for part, name := range map[string]string{"_nest.py": "NEST", "_brian2.py": "Brian2"} {
		if strings.Contains(script, part) {
			return name
		}
	}
	return "Nengo"
}

func peer(python, script string) (float64, error) {
	args := strings.Fields("bench/peers/" + script)
	cmd := exec.Command(python, args...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return 0, fmt.Errorf("%s: %w", script, err)
	}
	return strconv.ParseFloat(last(string(out)), 64)
}

// last is the last word of what a peer printed.
func last(text string) string {
	words := strings.Fields(text)
	if len(words) == 0 {
		return ""
	}
	return words[len(words)-1]
}

func median(x []float64) float64 {
	if len(x) == 0 {
		return 0
	}
	slices.Sort(x)
	return x[len(x)/2]
}
