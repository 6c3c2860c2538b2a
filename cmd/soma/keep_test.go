package main

import (
	"bytes"
	"strings"
	"syscall"
	"testing"

	"soma/record"
)

// Somebody at a terminal is asked for another directory: an empty line stands for the
// one before, the end for none.
func TestElsewhere(t *testing.T) {
	problem := &record.WriteError{Dir: "cell.out", File: "data.npz", Err: syscall.ENOSPC}
	var out bytes.Buffer
	ask := elsewhere(strings.NewReader("\n /big disk/cell.out \n"), &out)
	for _, want := range []string{"cell.out", "/big disk/cell.out", ""} {
		if got := ask("cell.out", problem); got != want {
			t.Errorf("the answer is %q, want %q", got, want)
		}
	}
	want := "cell.out/data.npz: no space left on device; make room, or choose another directory\n" +
		"nothing is lost yet: write to which directory (Enter: the same again; Ctrl-D: give up)? "
	if got := out.String(); got != strings.Repeat(want, 3) {
		t.Errorf("it asks %q", got)
	}
}
