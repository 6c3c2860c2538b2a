package script

import (
	"time"

	"soma"
	"soma/plot"
)

// Options say how to load a model file; the zero value is fine.
type Options struct {
	// Set gives declared parameters new values, as on the command line: "5",
	// "5ms", "true".
	Set map[string]string
	// Seed takes the place of the seed that the file gives.
	Seed *uint64
	// Dt takes the place of the step that the file gives, s, when it is not 0.
	Dt float64

	MaxSteps  uint64        // of the whole file; 0: a hundred million
	MaxMemory uint64        // bytes, roughly; 0: 512 MiB
	MaxTime   time.Duration // 0: one minute

	// Print receives what the file prints; nil: nobody does.
	Print func(string)
}

const (
	defaultSteps  = 100_000_000
	defaultMemory = 512 << 20
	defaultTime   = time.Minute
)

func (o Options) withDefaults() Options {
	if o.MaxSteps == 0 {
		o.MaxSteps = defaultSteps
	}
	if o.MaxMemory == 0 {
		o.MaxMemory = defaultMemory
	}
	if o.MaxTime == 0 {
		o.MaxTime = defaultTime
	}
	return o
}

// Model is what a model file declares.
type Model struct {
	Path   string // as given to Load
	Source []byte // of the model file itself
	// SHA256 in hexadecimal: of the source and, when the file loads others, of
	// their names and sources after it, in the order of their names.
	SHA256 string
	Files  []string // all files read, the model file first

	Network *soma.Network
	Time    float64 // s
	Dt      float64 // s
	Params  []Param // in the order of their declaration
	Figures []plot.Figure

	shown []shown // the panels of all figures
}

// Load reads and executes a model file. All mistakes are returned together, as
// soma.Errors in the order of their positions.
func Load(path string, opts Options) (*Model, error) {
	s := newSession(path, opts.withDefaults())
	defer s.close()
	s.execute()
	model := s.finish()
	if err := s.allErrors().Err(); err != nil {
		return nil, err
	}
	return model, nil
}
