package elementary

import (
	"math"
	"math/bits"
)

// π/2 as a sum: a and b of 33 bits each, so that their products with an
// integer below 2²⁰ are exact, and c; and as two numbers of full precision.
const (
	halfPiA = 0x1.921fb544p+0
	halfPiB = 0x1.0b4611a6p-34
	halfPiC = 0x1.3198a2e037073p-69

	halfPiHi = 0x1.921fb54442d18p+0
	halfPiLo = 0x1.1a62633145c07p-54

	twoOverPi = 0x1.45f306dc9c883p-1
)

// reduce returns x - q·π/2 as hi + lo, at most a little above π/4 in absolute
// value; q is known modulo 4. x is finite.
func reduce(x float64) (q uint64, hi, lo float64) {
	a := math.Abs(x)
	if a <= math.Pi/4 {
		return 0, x, 0
	}
	if a < 0x1p20 {
		// Cody & Waite: the first two products and the first difference are
		// exact.
		shifted := float64(x*twoOverPi) + roundShift
		k := shifted - roundShift
		r := x - float64(k*halfPiA)
		b := float64(k * halfPiB)
		hi = r - b
		if math.Abs(hi) > 0x1p-12 { // otherwise too many bits have cancelled
			lo = ((r - hi) - b) - float64(k*halfPiC)
			hi, lo = fastTwoSum(hi, lo)
			return math.Float64bits(shifted) & 3, hi, lo
		}
	}
	q, hi, lo = reduceLarge(a)
	if x < 0 {
		return -q & 3, -hi, -lo
	}
	return q, hi, lo
}

// twoOverPiBits holds 2/π: 64 zeros for the integer part, then the binary
// digits of the fraction.
var twoOverPiBits = [...]uint64{
	0,
	0xa2f9836e4e441529, 0xfc2757d1f534ddc0, 0xdb6295993c439041, 0xfe5163abdebbc561,
	0xb7246e3a424dd2e0, 0x06492eea09d1921c, 0xfe1deb1cb129a73e, 0xe88235f52ebb4484,
	0xe99c7026b45f7e41, 0x3991d639835339f4, 0x9c845f8bbdf9283b, 0x1ff897ffde05980f,
	0xef2f118b5a0a6d1f, 0x6d367ecf27cb09b7, 0x4f463f669e5fea2d, 0x7527bac7ebe5f17b,
	0x3d0739f78a5292ea, 0x6bfb5fb11f8d5d08, 0x56033046fc7b6bab,
}

// reduceLarge is reduce for any finite x ≥ ½, in fixed-point arithmetic (Payne
// & Hanek 1983, doi:10.1145/1057600.1057602). With x = m·2^e, digits of 2/π
// that contribute multiples of 4 to x·2/π are left out; of the next 192 digits
// f, the product m·f modulo 2¹⁹² holds the quadrant in its upper two bits and
// 190 bits of fraction, right to 137 bits: x comes no closer to a multiple of
// π/2 than 2⁻⁶¹.
func reduceLarge(x float64) (q uint64, hi, lo float64) {
	b := math.Float64bits(x)
	m := b&mantissaMask | 1<<52
	e := int(b>>52) - 1075
	first := uint(e - 2 + 64)
	word, shift := first/64, first%64
	digits := func(i uint) uint64 {
		return twoOverPiBits[i]<<shift | twoOverPiBits[i+1]>>(64-shift)
	}
	h2, p2 := bits.Mul64(m, digits(word+2))
	h1, l1 := bits.Mul64(m, digits(word+1))
	p1, carry := bits.Add64(l1, h2, 0)
	p0, _ := bits.Add64(m*digits(word), h1, carry)

	q = p0 >> 62
	f0, f1 := p0<<2|p1>>62, p1<<2|p2>>62 // the fraction, 128 bits of it
	negative := f0>>63 == 1
	if negative { // above ½: count from the next quadrant down
		q++
		var borrow uint64
		f1, borrow = bits.Sub64(0, f1, 0)
		f0, _ = bits.Sub64(0, f0, borrow)
	}
	zeros := uint(bits.LeadingZeros64(f0)) // at most 61
	f0, f1 = f0<<zeros|f1>>(64-zeros), f1<<zeros
	fh := float64(f0>>11) * 0x1p-53
	fl := float64(f0<<53|f1>>11) * 0x1p-117
	hi, lo = multiply(fh, fl, halfPiHi, halfPiLo)
	unit := pow2(-int(zeros))
	if negative {
		unit = -unit
	}
	return q & 3, float64(hi * unit), float64(lo * unit)
}
