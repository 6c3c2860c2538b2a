package sparse

// Philox4x32-10 (Salmon, Moraes, Dror & Shaw 2011; doi:10.1145/2063384.2063405),
// as in package rng, here with the key in the open because the vector kernels
// need it.
const (
	philoxMul0  = 0xD2511F53
	philoxMul1  = 0xCD9E8D57
	philoxWeyl0 = 0x9E3779B9
	philoxWeyl1 = 0xBB67AE85

	philoxRounds = 10
)

// roundKeys are the keys of the rounds, of both halves in turn, in the lower 32
// bits of each word.
type roundKeys [2 * philoxRounds]uint64

func newRoundKeys(key uint64) (keys roundKeys) {
	k0, k1 := uint32(key), uint32(key>>32)
	for r := range philoxRounds {
		keys[2*r], keys[2*r+1] = uint64(k0), uint64(k1)
		k0 += philoxWeyl0
		k1 += philoxWeyl1
	}
	return keys
}

// philox returns the four words of a counter.
func (k *roundKeys) philox(c0, c1, c2, c3 uint32) [4]uint32 {
	for r := 0; r < len(k); r += 2 {
		p0, p1 := philoxMul0*uint64(c0), philoxMul1*uint64(c2)
		c0, c1, c2, c3 = uint32(p1>>32)^c1^uint32(k[r]), uint32(p1), uint32(p0>>32)^c3^uint32(k[r+1]), uint32(p0)
	}
	return [4]uint32{c0, c1, c2, c3}
}
