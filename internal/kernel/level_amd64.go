package kernel

import "golang.org/x/sys/cpu"

func detect() Level {
	switch x := cpu.X86; {
	case x.HasAVX512F && x.HasAVX512BW && x.HasAVX512DQ && x.HasAVX512VL && x.HasAVX2 && x.HasFMA && x.HasBMI1 && x.HasPOPCNT:
		return AVX512
	case x.HasAVX2 && x.HasFMA && x.HasBMI1 && x.HasPOPCNT:
		return AVX2
	}
	return Portable
}
