package native

import (
	"runtime"
	"unsafe"

	"golang.org/x/sys/unix"
)

const available = true

// text is executable memory.
type text struct{ code []byte }

// newText is nil if the system does not allow it.
func newText(code []byte) *text {
	pages, err := unix.Mmap(-1, 0, len(code), unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE)
	if err != nil {
		return nil
	}
	copy(pages, code)
	if err := unix.Mprotect(pages, unix.PROT_READ|unix.PROT_EXEC); err != nil {
		_ = unix.Munmap(pages)
		return nil
	}
	t := &text{pages}
	runtime.AddCleanup(t, func(pages []byte) { _ = unix.Munmap(pages) }, pages)
	return t
}

func (t *text) call(args *arguments) {
	enter(unsafe.Pointer(&t.code[0]), args)
	runtime.KeepAlive(t)
}

// enter calls code with the address of its arguments.
//
//go:noescape
func enter(code unsafe.Pointer, args *arguments)
