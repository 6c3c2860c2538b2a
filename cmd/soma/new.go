package main

import (
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
)

//go:embed starter.star
var starter string

func newNew() *cobra.Command {
	return &cobra.Command{
		Use:   "new NAME.star",
		Short: "Write a commented starter model",
		Args:  exactly("NAME.star"),
		RunE: func(cmd *cobra.Command, args []string) error {
			path := args[0]
			if filepath.Ext(path) != ".star" {
				return usagef("%q is no name of a model file; give one such as %s.star", path, strings.TrimSuffix(path, filepath.Ext(path)))
			}
			if err := create(path, starter); err != nil {
				return err
			}
			_, err := fmt.Fprintf(cmd.OutOrStdout(), "%s written; try: soma run %s\n", path, path)
			return err
		},
	}
}

// create writes a file that must not exist.
func create(path, text string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	switch {
	case errors.Is(err, fs.ErrExist):
		return fmt.Errorf("%s: it exists, so it is left alone; choose another name", path)
	case err != nil:
		return fmt.Errorf("%s: cannot be written (%w); choose another place", path, cause(err))
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Close())
}
