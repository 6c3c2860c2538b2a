package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"soma"
	"soma/plot"
	"soma/record"
	"soma/script"
	"soma/sim"
)

// runFlags are the options of soma run.
type runFlags struct {
	modelFlags
	time     timeFlag
	out      textFlag
	formats  choices
	figures  choices
	progress one
	json     bool
	load     textFlag
	freeze   bool
	forget   bool
	decoders bool
}

func newRun() *cobra.Command {
	f := &runFlags{
		out:      textFlag{kind: "DIR"},
		load:     textFlag{kind: "DIR"},
		formats:  choices{known: record.Formats(), chosen: []string{record.NPZ}},
		figures:  choices{known: plot.Formats(), none: true, chosen: []string{"png"}},
		progress: one{known: []string{"auto", "plain", "none"}, word: "auto"},
	}
	cmd := &cobra.Command{
		Use:   "run MODEL.star",
		Short: "Simulate a model; write results and figures",
		Example: `  soma run cell.star
  soma run cell.star --time 10s --set g=4 --out strong.out
  soma run cell.star --format npz,csv --figures pdf
  soma run learn.star --out trained && soma run learn.star --load trained --freeze --out tested`,
		Args:              exactly("MODEL.star"),
		ValidArgsFunction: modelFiles,
		RunE:              func(cmd *cobra.Command, args []string) error { return f.run(cmd, args[0]) },
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	f.modelFlags.add(flags)
	flags.Var(&f.time, "time", "how long to simulate, instead of what the model says")
	flags.Var(&f.out, "out", "where to write the results (default MODEL.out in the current directory)")
	flags.Var(&f.load, "load", "start from what the result in DIR has learned")
	flags.BoolVar(&f.freeze, "freeze", false, "switch all learning off")
	flags.BoolVar(&f.forget, "forget", false, "do not keep what has been learned (learned.npz)")
	flags.BoolVar(&f.decoders, "save-decoders", false, "keep the decoders of all connections in learned.npz, for --load")
	flags.Var(&f.formats, "format", "formats of the data, separated by commas")
	flags.Var(&f.figures, "figures", "formats of the figures, separated by commas")
	flags.Var(&f.progress, "progress", "show progress: auto is a bar on a terminal, nothing elsewhere")
	flags.BoolVar(&f.json, "json", false, "print the contents of run.json, and nothing else")
	completeFlag(cmd, "format", &f.formats)
	completeFlag(cmd, "figures", &f.figures)
	completeFlag(cmd, "progress", &f.progress)
	for _, name := range []string{"out", "load"} {
		if err := cmd.MarkFlagDirname(name); err != nil {
			panic(err) // the flag is defined above
		}
	}
	return cmd
}

// run is the command: load, build, simulate, draw, write, show.
func (f *runFlags) run(cmd *cobra.Command, path string) error {
	if f.out.text == "" {
		f.out.text = outputName(path)
	}
	if f.forget && f.decoders {
		return usagef("--forget and --save-decoders are opposites; give one of them")
	}
	if err := record.Check(f.out.text); err != nil {
		return err
	}
	build := time.Now()
	opts := sim.Options{Freeze: f.freeze, KeepDecoders: f.decoders}
	if f.load.text != "" {
		var err error
		if opts.Learned, err = loadLearned(f.load.text); err != nil {
			return err
		}
	}
	model, s, err := f.build(cmd.ErrOrStderr(), path, opts)
	if err != nil {
		return err
	}
	seconds := f.time.or(model.Time)
	steps, err := s.StepsOf(seconds)
	if err != nil {
		return err
	}
	if err := recordings(s).Check(); err != nil {
		return err
	}
	run, err := describe(model, s)
	if err != nil {
		return err
	}
	run.BuildS = time.Since(build).Seconds()
	warn(cmd.ErrOrStderr(), s.Network(), s.Dt(), seconds)
	if f.load.text != "" {
		warnOtherSeed(cmd.ErrOrStderr(), f.load.text, run.Seed)
	}

	ctx, stop := untilInterrupted()
	defer stop()
	start := time.Now()
	failure := simulate(ctx, s, steps, newProgress(f.progress.word, cmd.ErrOrStderr(), steps, s.Dt()))
	run.RunS = time.Since(start).Seconds()
	run.Steps, run.Time, run.Partial = s.Steps(), s.Time(), s.Steps() < steps
	if run.Time > 0 {
		run.RealTimeFactor = run.RunS / run.Time
	}
	result := recordings(s)
	result.Run = run
	if !f.forget {
		result.Learned = learned(s)
	}
	return f.finish(cmd, model, result, failure)
}

// finish draws, writes and shows the result; failure is what ended the
// simulation early.
func (f *runFlags) finish(cmd *cobra.Command, model *script.Model, result *record.Result, failure error) error {
	interrupted := errors.Is(failure, context.Canceled)
	if failure != nil && !interrupted && !unrecorded(failure) {
		return failure // the model is at fault: what it gave is not worth keeping
	}
	start := time.Now()
	files, undrawn := draw(result, model.Figures, f.figures.chosen)
	result.Files = files
	result.Run.PeakMemory = peakMemory()
	result.Run.WriteS = time.Since(start).Seconds()
	dir, unwritten := f.keep(cmd, result)
	if dir == "" {
		return unwritten
	}
	if err := f.show(cmd, dir, model, result); err != nil {
		return err
	}
	if result.Run.Partial {
		why := "ended"
		if interrupted {
			why = "interrupted"
		}
		fmt.Fprintf(cmd.ErrOrStderr(), "%s after %s; %s holds the results so far, marked as partial\n", why, duration(result.Run.Time), dir)
	}
	switch {
	case unwritten != nil:
		return unwritten
	case interrupted:
		return errInterrupted
	case failure != nil:
		return failure
	}
	return undrawn
}

// unrecorded says that a simulation ended for want of room for its recordings.
func unrecorded(failure error) bool {
	var list soma.Errors
	return errors.As(failure, &list) && slices.ContainsFunc(list, func(e *soma.Error) bool { return e.Field == "recording" })
}

func (f *runFlags) show(cmd *cobra.Command, dir string, model *script.Model, result *record.Result) error {
	out := cmd.OutOrStdout()
	if !f.json {
		return summarise(out, dir, model.Network, result)
	}
	text, err := result.Run.JSON()
	if err == nil {
		_, err = out.Write(text)
	}
	return err
}

// outputName is the default directory: cell.star gives cell.out.
func outputName(path string) string {
	base := filepath.Base(path)
	return strings.TrimSuffix(base, filepath.Ext(base)) + ".out"
}

// untilInterrupted is done at the first interrupt; a second one ends the process
// as if nobody listened.
func untilInterrupted() (context.Context, func()) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}

// modelFlags are the options of commands that read a model file.
type modelFlags struct {
	dt      timeFlag
	seed    uint64Flag
	threads threadsFlag
	set     settings
	cache   textFlag
}

func (f *modelFlags) add(flags *pflag.FlagSet) {
	flags.Var(&f.dt, "dt", "length of a step, instead of what the model says")
	flags.Var(&f.seed, "seed", "seed of the random numbers, instead of what the model says")
	flags.Var(&f.threads, "threads", "how many threads to use (default all cores)")
	f.cache.kind = "DIR"
	flags.Var(&f.cache, "cache", "where decoders that take long to find are kept for the next time, or none (default the folder of the user)")
	flags.Var(&f.set, "set", "give a declared parameter a value (repeatable)")
}

// build reads a model file and builds its simulator, with the model's step and
// the threads asked for.
func (f *modelFlags) build(stderr io.Writer, path string, simulator sim.Options) (*script.Model, *sim.Simulator, error) {
	opts := script.Options{
		Set: f.set.values, Seed: f.seed.value, Dt: f.dt.or(0),
		Print: func(text string) { fmt.Fprintln(stderr, text) },
	}
	model, err := script.Load(path, opts)
	if err != nil {
		return nil, nil, err
	}
	simulator.Dt, simulator.Threads, simulator.DecoderCache = model.Dt, int(f.threads), f.decoderCache()
	s, err := sim.New(model.Network, simulator)
	return model, s, err
}

// decoderCache is the folder for decoders; without a home there is none.
func (f *modelFlags) decoderCache() string {
	switch f.cache.text {
	case "none":
		return ""
	case "":
		if dir, err := os.UserCacheDir(); err == nil {
			return filepath.Join(dir, "soma", "decoders")
		}
	}
	return f.cache.text
}

// simulate runs up to the given number of steps. With somebody watching it does
// so in pieces of about a twentieth of a second.
func simulate(ctx context.Context, s *sim.Simulator, steps int64, watch progress) error {
	if watch == nil {
		return s.RunSteps(ctx, steps-s.Steps())
	}
	defer watch.end()
	for piece := int64(16); s.Steps() < steps; {
		start := time.Now()
		if err := s.RunSteps(ctx, min(piece, steps-s.Steps())); err != nil {
			return err
		}
		watch.show(s.Steps())
		switch took := time.Since(start); {
		case took < 25*time.Millisecond:
			piece *= 2
		case took > 100*time.Millisecond:
			piece = max(1, piece/2)
		}
	}
	return nil
}

// describe fills in what is known before the first step.
func describe(model *script.Model, s *sim.Simulator) (record.Run, error) {
	if err := model.Complete(s); err != nil {
		return record.Run{}, err
	}
	figures, err := stored(model.Figures)
	size := measure(model.Network)
	synapses, _ := s.Synapses()
	run := record.Run{
		Version: version, Model: model.Path, ModelSHA256: model.SHA256, Parameters: map[string]any{},
		Seed: model.Network.Seed, Dt: s.Dt(), Threads: s.Threads(), Kernel: s.Kernel(),
		Neurons: size.neurons, Synapses: size.weights + int64(synapses), Figures: figures,
	}
	for _, p := range model.Params {
		run.Parameters[p.Name] = p.Value
	}
	return run, err
}
