//go:build !windows

package engine

import (
	"errors"
	"os"
)

// openUnnamed opens a new temporary file and takes its name away.
func openUnnamed() (*os.File, error) {
	file, err := os.CreateTemp("", "soma-recording-*")
	if err != nil {
		return nil, err
	}
	if err := os.Remove(file.Name()); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}
