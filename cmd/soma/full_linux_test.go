package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"soma/record"
)

// A file system that is full sends the result to the folder for temporary files. It is
// a small one in memory; who may not mount it does so in a namespace.
func TestAFullDisk(t *testing.T) {
	dir := t.TempDir()
	disk, spare := filepath.Join(dir, "disk"), filepath.Join(dir, "spare")
	for _, d := range []string{disk, spare} {
		if err := os.Mkdir(d, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=100k"); err != nil {
		inNamespace(t)
		return
	}
	defer func() {
		if err := syscall.Unmount(disk, 0); err != nil {
			t.Error(err)
		}
	}()
	model := filepath.Join(dir, "cells.star")
	text := strings.Replace(endless, "simulate(1e6*second)", `model.probe(cell, "voltage", name = "all")
simulate(1*second)`, 1)
	if err := os.WriteFile(model, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("soma", "run", model, "--out", filepath.Join(disk, "out"), "--figures", "none")
	cmd.Env = append(os.Environ(), "TMPDIR="+spare)
	said, err := cmd.CombinedOutput()
	if cmd.ProcessState.ExitCode() != 1 {
		t.Errorf("it ended with %v", err)
	}
	kept, err := filepath.Glob(filepath.Join(spare, "out-*"))
	if err != nil || len(kept) != 1 {
		t.Fatalf("in the folder for temporary files are %v (%v)\n%s", kept, err, said)
	}
	want := filepath.Join(disk, "out", "data.npz") + ": no space left on device; the result is in " + kept[0] + " instead\n"
	if !strings.HasSuffix(string(said), want) {
		t.Errorf("it said\n%s\nwant %s", said, want)
	}
	if result, err := record.Read(kept[0]); err != nil || len(result.Values) != 2 || len(result.Run.Missing) > 0 {
		t.Errorf("what is there: %v", err)
	}
	if left, err := os.ReadDir(disk); err != nil || len(left) > 0 {
		t.Errorf("on the disk are %v (%v)", left, err)
	}
}

// inNamespace runs the test again as the root of a namespace of its own. Only a system
// that forbids this, too, has no file system of a limited size to offer.
func inNamespace(t *testing.T) {
	const inside = "SOMA_TEST_INSIDE"
	if os.Getenv(inside) != "" {
		t.Fatal("no file system of a limited size, though the test is root of its namespace")
	}
	again := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
	again.Env = append(os.Environ(), inside+"=1")
	again.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}},
	}
	said, err := again.CombinedOutput()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Skip("neither a mount nor a namespace is allowed: ", err)
	}
	if err != nil || !strings.Contains(string(said), "--- PASS: "+t.Name()) {
		t.Errorf("%v\n%s", err, said)
	}
}
