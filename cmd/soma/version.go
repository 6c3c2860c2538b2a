package main

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"

	"soma/internal/kernel"
)

const version = "0.1.0"

func newVersion() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Show the version, and what this machine offers",
		Args:  exactly(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := fmt.Fprintf(cmd.OutOrStdout(), "soma %s, %s %s/%s, kernels %s\n",
				version, runtime.Version(), runtime.GOOS, runtime.GOARCH, kernel.Best())
			return err
		},
	}
}
