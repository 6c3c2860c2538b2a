package connect

import "soma/internal/rng"

//go:generate go -C gen run . -out ../words_amd64.s -stubs ../stubs_amd64.go -pkg connect

// wordKey is the key of the words that are drawn from a stream.
func wordKey(stream rng.Stream) uint64 { return stream.Uint64(1<<63, 0) }

// Words sets dst to the first random words of an element of a stream. They are
// those of Philox4x32-10 (Salmon, Moraes, Dror & Shaw 2011;
// doi:10.1145/2063384.2063405) with a key drawn from the stream and the counters
// (element, 0), (element, 1), …, four words each.
func Words(stream rng.Stream, element int, dst []uint32) {
	key := wordKey(stream)
	whole := len(dst) / buffered * buffered
	fillWords(dst[:whole], key, uint64(element), 0)
	if rest := dst[whole:]; len(rest) > 0 {
		var buffer [buffered]uint32
		fillWords(buffer[:], key, uint64(element), uint64(whole/4))
		copy(rest, buffer[:])
	}
}

// fillPortable sets dst, a multiple of four words, to the words of an element
// from a block on: the definition of the assembly. The key of 64 bits is that of
// both halves of the cipher.
func fillPortable(dst []uint32, key, element, block uint64) {
	for ; len(dst) >= 4; dst = dst[4:] {
		c0, c1, c2, c3 := uint32(element), uint32(element>>32), uint32(block), uint32(block>>32)
		k0, k1 := uint32(key), uint32(key>>32)
		for range 10 {
			p0, p1 := 0xD2511F53*uint64(c0), 0xCD9E8D57*uint64(c2)
			c0, c1, c2, c3 = uint32(p1>>32)^c1^k0, uint32(p1), uint32(p0>>32)^c3^k1, uint32(p0)
			k0 += 0x9E3779B9
			k1 += 0xBB67AE85
		}
		dst[0], dst[1], dst[2], dst[3] = c0, c1, c2, c3
		block++
	}
}
