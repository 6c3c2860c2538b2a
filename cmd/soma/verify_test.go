package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"soma/internal/verify"
)

// A case that compares nothing does not pass, and the command says which.
func TestVerifyFails(t *testing.T) {
	var out bytes.Buffer
	cmd := &cobra.Command{}
	cmd.SetOut(&out)
	cases := verify.Cases()[:1]
	cases[0].Allowed = -1
	err := runVerify(cmd, cases)
	if err == nil || !strings.Contains(err.Error(), cases[0].Name) || !strings.Contains(out.String(), "not ok") {
		t.Errorf("%v\n%s", err, &out)
	}
}
