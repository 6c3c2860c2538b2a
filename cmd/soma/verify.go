package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"soma/internal/verify"
)

func newVerify() *cobra.Command {
	return &cobra.Command{
		Use:   "verify",
		Short: "Compare soma on this machine with closed forms and with other simulators",
		Long: "Run the reference cases that are built in: closed forms, numbers from Nengo and NEST,\n" +
			"and soma with itself on several threads and with all vector instructions. Differences\n" +
			"are relative above 1, unless a unit is given; spikes are the same, step by step.",
		Args: exactly(),
		RunE: func(cmd *cobra.Command, _ []string) error { return runVerify(cmd, verify.Cases()) },
	}
}

func runVerify(cmd *cobra.Command, cases []verify.Case) error {
	out := cmd.OutOrStdout()
	paint := painterFor(out)
	rows := [][]string{{"", "what", "against", "compared", "largest difference", "allowed"}}
	var failed []verify.Result
	for _, c := range cases {
		r := c.Run()
		mark := "ok"
		if !r.OK() {
			mark, failed = "not ok", append(failed, r)
		}
		rows = append(rows, []string{mark, r.Name, r.Against, grouped(int64(r.Compared)), difference(r.Worst, r.Unit), difference(r.Allowed, r.Unit)})
	}
	for i, line := range columns(rows, "lllrrr") {
		switch {
		case i == 0:
			line = paint.dim(line)
		case rows[i][0] == "ok":
			line = paint.green(line[:2]) + line[2:]
		default:
			line = paint.red(line)
		}
		if _, err := fmt.Fprintln(out, line); err != nil {
			return err
		}
	}
	if len(failed) == 0 {
		return nil
	}
	r := failed[0]
	if r.Err != nil {
		return fmt.Errorf("%s: %w", r.Name, r.Err)
	}
	return fmt.Errorf("%s: %s differs by %s, %s allowed", r.Name, r.Where, difference(r.Worst, r.Unit), difference(r.Allowed, r.Unit))
}

// difference writes a difference; none is 0.
func difference(x float64, unit string) string {
	text := fmt.Sprintf("%.1e", x)
	if x == 0 {
		text = "0"
	}
	if unit != "" {
		text += " " + unit
	}
	return text
}
