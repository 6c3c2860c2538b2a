// Package elementary computes the elementary functions in portable Go, with the
// same bits on every architecture.
//
// The functions of package math are partly written in assembly, differently
// for each architecture, and the compiler may fuse a*b+c where the machine can;
// a simulation would give other spikes on another machine. Here every operation
// is an IEEE 754 one in a fixed order: products are rounded by an explicit
// conversion before they are added, and where a fused operation is wanted it is
// the exact [math.FMA].
//
// The error is below one unit in the last place, except for [NormalQuantile],
// where it is below 2e-15 of the value. Special cases are those of package math.
//
// The cores of [Expm1] and [Log1p] have no branches, so that the vector
// versions in package kernel can do the same operations in the same order and
// return the same bits. The polynomials are least-squares fits on Chebyshev
// points, fitted again after each coefficient was rounded; the tests measure
// them against evaluations of several hundred bits.
package elementary
