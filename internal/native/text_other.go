//go:build !linux || !amd64

package native

const available = false

type text struct{}

func newText([]byte) *text { return nil }

func (*text) call(*arguments) {}
