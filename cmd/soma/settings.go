package main

import (
	"fmt"
	"strconv"
	"strings"
)

// settings is the flag --set NAME=VALUE.
type settings struct{ values map[string]string }

func (s *settings) String() string { return "" }
func (s *settings) Type() string   { return "NAME=VALUE" }

func (s *settings) Set(text string) error {
	name, value, ok := strings.Cut(text, "=")
	name, value = strings.TrimSpace(name), strings.TrimSpace(value)
	if !ok || name == "" || value == "" {
		return fmt.Errorf("no assignment; give one such as g=5")
	}
	if s.values == nil {
		s.values = map[string]string{}
	}
	s.values[name] = value
	return nil
}

// uint64Flag is a number that may be absent.
type uint64Flag struct{ value *uint64 }

func (f *uint64Flag) String() string { return "" }
func (f *uint64Flag) Type() string   { return "N" }

func (f *uint64Flag) Set(text string) error {
	n, err := strconv.ParseUint(text, 0, 64)
	if err != nil {
		return fmt.Errorf("not a whole number from 0 to 18446744073709551615")
	}
	f.value = &n
	return nil
}

// threadsFlag is a positive number; 0 when absent.
type threadsFlag int

func (f *threadsFlag) String() string { return "" }
func (f *threadsFlag) Type() string   { return "N" }

func (f *threadsFlag) Set(text string) error {
	n, err := strconv.ParseUint(text, 10, 16)
	if err != nil || n == 0 {
		return fmt.Errorf("not a number of threads; give 1 or more")
	}
	*f = threadsFlag(n)
	return nil
}

// textFlag is any text; kind is what it stands for.
type textFlag struct{ kind, text string }

func (f *textFlag) String() string { return f.text }
func (f *textFlag) Type() string   { return f.kind }

func (f *textFlag) Set(text string) error {
	f.text = text
	return nil
}
