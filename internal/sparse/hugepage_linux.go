package sparse

import (
	"unsafe"

	"golang.org/x/sys/unix"
)

// adviseHuge asks for huge pages, which spare delivery a page-table walk for
// every run. A refusal is of no consequence.
func adviseHuge[T uint16 | uint32 | float64](s []T) {
	const page = 2 << 20
	var element T
	bytes := unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(s))), len(s)*int(unsafe.Sizeof(element)))
	skip := int(-uintptr(unsafe.Pointer(unsafe.SliceData(bytes))) % page)
	if whole := (len(bytes) - skip) / page * page; whole > 0 {
		_ = unix.Madvise(bytes[skip:skip+whole], unix.MADV_HUGEPAGE)
	}
}
