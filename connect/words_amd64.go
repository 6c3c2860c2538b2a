package connect

import "golang.org/x/sys/cpu"

// fillWords is fillPortable for a multiple of 64 words.
func fillWords(dst []uint32, key, element, block uint64) {
	if len(dst) > 0 && cpu.X86.HasAVX512F {
		fillAVX512(&dst[0], len(dst), key, element, block)
	} else {
		fillPortable(dst, key, element, block)
	}
}
