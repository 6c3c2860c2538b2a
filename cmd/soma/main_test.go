package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"soma": main})
}

// The scripts in testdata/script run the command as a user does.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"code":    code,
			"field":   field,
			"samerun": sameRun,
		},
	})
}

// code runs a command and wants its exit code: code 2 soma run.
func code(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: code N command...")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := "0"
	if exit, ok := err.(interface{ ExitCode() int }); ok {
		got = fmt.Sprint(exit.ExitCode())
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if got != args[0] {
		ts.Fatalf("exit code %s, want %s", got, args[0])
	}
}

// field compares a field of a JSON file: field out/run.json spikes.cell.count 53.
// The file may be stdout; without a value the field needs only to be there.
func field(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: field FILE NAME [VALUE]")
	}
	var at any
	if err := json.Unmarshal([]byte(ts.ReadFile(args[0])), &at); err != nil {
		ts.Fatalf("%s: %v", args[0], err)
	}
	found := true
	for name := range strings.SplitSeq(args[1], ".") {
		object, ok := at.(map[string]any)
		if at, found = object[name]; !ok || !found {
			break
		}
	}
	text, _ := json.Marshal(at)
	switch {
	case found == neg && (neg || len(args) == 2):
		ts.Fatalf("%s: %s there: %v", args[0], args[1], found)
	case !neg && len(args) == 3 && string(text) != args[2]:
		ts.Fatalf("%s: %s is %s, want %s", args[0], args[1], text, args[2])
	}
}

// machine is what run.json tells of the machine and the clock; all else follows
// from the model.
var machine = []string{"threads", "kernel", "build_s", "run_s", "write_s", "real_time_factor", "peak_memory_bytes"}

// sameRun wants two run.json to agree in all that follows from the model.
func sameRun(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: samerun RUN.JSON RUN.JSON")
	}
	var runs [2]map[string]any
	for i, name := range args {
		ts.Check(json.Unmarshal([]byte(ts.ReadFile(name)), &runs[i]))
		for _, field := range machine {
			if _, ok := runs[i][field]; !ok {
				ts.Fatalf("%s has no %s", name, field)
			}
			delete(runs[i], field)
		}
	}
	if diff := cmp.Diff(runs[0], runs[1]); diff != "" {
		ts.Fatalf("%s (-), %s (+):\n%s", args[0], args[1], diff)
	}
}
