package engine

import (
	"bufio"
	"os"
	"strconv"
	"strings"
)

// available is how many bytes of memory can still be had: what the system says,
// within the limit of the control group. 0: not known.
func available() uint64 {
	free := meminfo("MemAvailable:")
	if limit, used := number("/sys/fs/cgroup/memory.max"), number("/sys/fs/cgroup/memory.current"); limit > used {
		free = min(free, limit-used)
	}
	return free
}

func meminfo(field string) uint64 {
	f, err := os.Open("/proc/meminfo")
	if err != nil {
		return 0
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		words := strings.Fields(lines.Text())
		if len(words) > 1 && words[0] == field {
			kB, _ := strconv.ParseUint(words[1], 10, 64)
			return kB << 10
		}
	}
	return 0
}

// number reads a file that holds one number; 0 when it does not.
func number(path string) uint64 {
	text, err := os.ReadFile(path)
	if err != nil {
		return 0
	}
	n, _ := strconv.ParseUint(strings.TrimSpace(string(text)), 10, 64)
	return n
}
