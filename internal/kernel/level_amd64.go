package kernel

import "golang.org/x/sys/cpu"

func detect() Level {
	switch x := cpu.X86; {
	case x.HasAVX512F && x.HasAVX512BW && x.HasAVX512DQ && x.HasAVX512VL && x.HasAVX2 && x.HasFMA && x.HasBMI1 && x.HasPOPCNT && x.HasAES:
		return AVX512
	case x.HasAVX2 && x.HasFMA && x.HasBMI1 && x.HasPOPCNT && x.HasAES:
		return AVX2
	}
	return Portable
}

// HasVAES says whether the machine encrypts vectors of 64 bytes, which not all of
// level AVX512 do.
func HasVAES() bool { return cpu.X86.HasAVX512VAES }
