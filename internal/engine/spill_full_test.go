//go:build unix

package engine_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"syscall"
	"testing"

	"soma/internal/engine"
	"soma/internal/kernel"
	"soma/internal/program"
)

// When the temporary file cannot grow any more the run ends, and all that was recorded
// until then is there, each value once. The test runs itself as a process whose files
// have a largest size.
func TestSpillingFillsTheDisk(t *testing.T) {
	if os.Getenv("ENGINE_TEST_FULL") == "" {
		cmd := exec.Command("sh", "-c", `ulimit -f 200; exec "$0" -test.run='^TestSpillingFillsTheDisk$'`, os.Args[0])
		cmd.Env = append(os.Environ(), "ENGINE_TEST_FULL=yes")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		return
	}
	p := compiled(t, randomNetwork(1), kernel.Portable).Program
	e, err := engine.New(p, engine.Options{Threads: 1, RecordBytes: 30_000})
	if err != nil {
		t.Fatal(err)
	}
	var fault *engine.Fault
	if err := e.Run(context.Background(), 100_000); !errors.As(err, &fault) || fault.Field != "recording" || !errors.Is(err, syscall.EFBIG) {
		t.Fatalf("got %v, want a fault of the recording", err)
	}
	whole, err := engine.New(p, engine.Options{Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	if err := whole.Run(context.Background(), e.Steps()); err != nil {
		t.Fatal(err)
	}
	if e.Spilled() == 0 {
		t.Error("nothing was spilled before")
	}
	for _, r := range records(p) {
		var got program.Recording
		for piece, err := range e.Pieces(r) {
			if err != nil {
				t.Fatal(err)
			}
			got.Values = append(got.Values, piece.Values...)
			got.Steps, got.IDs, got.At = append(got.Steps, piece.Steps...), append(got.IDs, piece.IDs...), append(got.At, piece.At...)
		}
		if diff := different(got, whole.Recorded(r)); diff != "" {
			t.Errorf("%s: %s", r.Object(), diff)
		}
	}
}
