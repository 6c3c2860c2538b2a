package engine

import (
	"fmt"
	"os"
	"path/filepath"
)

// openUnnamed opens a new temporary file that the system deletes when it is
// closed, be it at the end of the process.
func openUnnamed() (*os.File, error) {
	const deleteOnClose = 0x0400_0000 // FILE_FLAG_DELETE_ON_CLOSE
	for i := 0; ; i++ {
		name := filepath.Join(os.TempDir(), fmt.Sprintf("soma-recording-%d-%d", os.Getpid(), i))
		file, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL|deleteOnClose, 0o600)
		if !os.IsExist(err) {
			return file, err
		}
	}
}
