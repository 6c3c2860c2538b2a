package sparse

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"

	"soma/internal/rng"
)

// A counterCipher gives 128 random bits for each value of a counter: the counter,
// encrypted with AES-128 (FIPS 197). Package rng uses Philox, which needs nothing but
// multiplication; where the machine has instructions for AES, this is faster, and as
// random as anything is known to be. (Salmon, Moraes, Dror & Shaw 2011, who invented
// Philox, test both; doi:10.1145/2063384.2063405.) It belongs to one goroutine.
type counterCipher struct {
	block   cipher.Block
	key     [aes.BlockSize]byte
	counter [aes.BlockSize]byte
	bits    [aes.BlockSize]byte
}

// newCounterCipher takes its key from the first block of a stream.
func newCounterCipher(s rng.Stream) *counterCipher {
	c := &counterCipher{}
	for i, word := range s.Block(0, 0) {
		binary.LittleEndian.PutUint32(c.key[4*i:], word)
	}
	var err error
	if c.block, err = aes.NewCipher(c.key[:]); err != nil {
		panic(err) // the key has the right size
	}
	return c
}

// words are eight random words of 16 bits. All numbers are in little-endian order.
func (c *counterCipher) words(block, summand uint32, step uint64) (words [8]uint16) {
	binary.LittleEndian.PutUint32(c.counter[0:], block)
	binary.LittleEndian.PutUint32(c.counter[4:], summand)
	binary.LittleEndian.PutUint64(c.counter[8:], step)
	c.block.Encrypt(c.bits[:], c.counter[:])
	for i := range words {
		words[i] = binary.LittleEndian.Uint16(c.bits[2*i:])
	}
	return words
}
