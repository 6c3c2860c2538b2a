// Command soma simulates networks of spiking neurons that model files describe.
//
//	soma run MODEL.star
//
// One file per command; `soma help` lists them. Everything that a command
// computes is done by the packages soma, sim, plot and record: the command adds
// reading, writing and showing.
package main

import (
	"io"
	"os"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run executes a command line and gives the exit code.
func run(args []string, stdout, stderr io.Writer) int {
	root := newRoot()
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	cmd, err := root.ExecuteC()
	return report(stderr, cmd, err)
}
