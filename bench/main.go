// Bench measures soma, and the peers beside it where they are installed, and
// prints one table.
//
//	go run ./bench                              soma alone
//	go run ./bench -python venv/bin/python      beside Nengo and Brian2, if that python has them
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
	peer string // script in bench/peers that prints one number, and its arguments; "" for none
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
		ours, theirs, err := r.measure(runs, python)
		if err != nil {
			return fmt.Errorf("%s: %w", r.name, err)
		}
		fmt.Printf("| %s | %.3g %s |", r.work, ours, r.unit)
		if theirs > 0 {
			fmt.Printf(" %.3g %s | %.0f× |\n", theirs, r.unit, theirs/ours)
		} else {
			fmt.Println(" | |")
		}
	}
	return nil
}

// measure gives the medians of runs taken in turn.
func (r row) measure(runs int, python string) (ours, theirs float64, err error) {
	var a, b []float64
	for range runs {
		x, err := r.soma()
		if err != nil {
			return 0, 0, err
		}
		a = append(a, x)
		if python == "" || r.peer == "" {
			continue
		}
		if x, err = peer(python, r.peer); err != nil {
			return 0, 0, err
		}
		b = append(b, x)
	}
	return median(a), median(b), nil
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
