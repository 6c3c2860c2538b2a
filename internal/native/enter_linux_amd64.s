#include "textflag.h"

// func enter(code unsafe.Pointer, args *arguments)
// The code keeps BP, R14 and the stack as they are.
TEXT ·enter(SB), NOSPLIT, $8-16
	MOVQ code+0(FP), AX
	MOVQ args+8(FP), DI
	CALL AX
	VZEROUPPER
	RET
