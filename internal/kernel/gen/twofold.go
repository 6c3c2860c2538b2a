package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Numbers as sums of two, as in twofold.go of package elementary. The fused
// instructions compute errors of products, which are exact.

// fused is a·b − p.
func fused(v vectors, a reg.Register, b Op, p reg.Register) vec {
	d := v.new()
	VMOVAPD(p, d)
	VFMSUB231PD(b, a, d)
	return d
}

// fusedRest is p − a·b.
func fusedRest(v vectors, a reg.Register, b Op, p reg.Register) vec {
	d := v.new()
	VMOVAPD(p, d)
	VFNMADD231PD(b, a, d)
	return d
}

func twoSum(v vectors, a, b reg.Register) (sum, err vec) {
	sum = add(v, a, b)
	t := sub(v, sum, a)
	return sum, add(v, sub(v, a, sub(v, sum, t)), sub(v, b, t))
}

func fastTwoSum(v vectors, a, b reg.Register) (sum, err vec) {
	sum = add(v, a, b)
	return sum, sub(v, b, sub(v, sum, a))
}

func twoProd(v vectors, a, b reg.Register) (product, err vec) {
	product = mul(v, a, b)
	return product, fused(v, a, b, product)
}

func divide(v vectors, nh, nl, dh, dl reg.Register) (hi, lo vec) {
	hi = div(v, nh, dh)
	rest := add(v, fusedRest(v, hi, dh, nh), sub(v, nl, mul(v, hi, dl)))
	return hi, div(v, rest, dh)
}

func multiply(v vectors, ah, al, bh, bl reg.Register) (hi, lo vec) {
	p, e := twoProd(v, ah, bh)
	return fastTwoSum(v, p, add(v, e, add(v, mul(v, ah, bl), mul(v, al, bh))))
}
