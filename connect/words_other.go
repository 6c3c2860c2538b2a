//go:build !amd64

package connect

func fillWords(dst []uint32, key, element, block uint64) { fillPortable(dst, key, element, block) }
