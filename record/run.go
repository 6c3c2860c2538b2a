package record

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"hash"
)

// layout names what this package writes, and recognises as its own.
const layout = "soma-result/1"

// Run is the contents of run.json.
type Run struct {
	Format  string `json:"format"`  // filled in by Write
	Version string `json:"version"` // of soma

	Model       string         `json:"model"` // path of the model file, as it was given
	ModelSHA256 string         `json:"model_sha256"`
	Parameters  map[string]any `json:"parameters"` // numbers, strings, booleans
	Seed        uint64         `json:"seed"`
	Dt          float64        `json:"dt"`    // s
	Time        float64        `json:"time"`  // simulated, s
	Steps       int64          `json:"steps"` // simulated
	Partial     bool           `json:"partial"`

	Threads        int     `json:"threads"`
	Kernel         string  `json:"kernel"`
	BuildS         float64 `json:"build_s"`
	RunS           float64 `json:"run_s"`
	WriteS         float64 `json:"write_s"` // Write adds its own time, up to run.json
	RealTimeFactor float64 `json:"real_time_factor"`
	PeakMemory     int64   `json:"peak_memory_bytes"`

	Neurons  int64 `json:"neurons"`
	Synapses int64 `json:"synapses"`

	Spikes map[string]SpikeCount `json:"spikes"` // by probe; filled in by Write
	Probes []Probe               `json:"probes"` // filled in by Write
	Curves []Curve               `json:"curves,omitempty"`

	// Figures are descriptions from which the figures can be drawn again.
	Figures []json.RawMessage `json:"figures"`
	// Files are the files of the directory, with slashes; filled in by Write.
	Files []string `json:"files"`
	// Missing are files for which there was no room; filled in by WriteRest.
	Missing []string `json:"missing,omitempty"`
}

// SpikeCount sums up a spike probe.
type SpikeCount struct {
	Count   int     `json:"count"`
	Neurons int     `json:"neurons"`
	RateHz  float64 `json:"rate_hz"` // mean over neurons and time
	SHA256  string  `json:"sha256"`  // see SpikesSHA256

	Statistics *Statistics `json:"statistics,omitempty"`
}

// The kinds of probes.
const (
	KindValues = "values"
	KindSpikes = "spikes"
)

// Probe describes a recording.
type Probe struct {
	Name    string `json:"name"`
	Kind    string `json:"kind"`
	Width   int    `json:"width,omitempty"`   // of values
	Unit    string `json:"unit,omitempty"`    // SI, of values
	Label   string `json:"label,omitempty"`   // what the values are
	Neurons int    `json:"neurons,omitempty"` // of spikes
}

// Curve sums up one f–I curve.
type Curve struct {
	Label      string         `json:"label"`
	Parameters map[string]any `json:"parameters"`
	// MaxDeviation is the largest difference between the simulated rate and the
	// closed form, relative to the closed form.
	MaxDeviation float64 `json:"max_relative_deviation"`
}

// SpikesSHA256 is the fingerprint of a spike train: the SHA-256, in hexadecimal,
// of the sequence (step, id), both uint64 little-endian, ordered by step, then
// id. Steps count from 1.
func SpikesSHA256(steps, ids []int64) string {
	h := sha256.New()
	hashSpikes(h, steps, ids)
	return hex.EncodeToString(h.Sum(nil))
}

// hashSpikes adds spikes to a fingerprint.
func hashSpikes(h hash.Hash, steps, ids []int64) {
	block := make([]byte, 0, 1<<14)
	for i, step := range steps {
		block = binary.LittleEndian.AppendUint64(block, uint64(step))
		block = binary.LittleEndian.AppendUint64(block, uint64(ids[i]))
		if len(block) > 1<<14-16 {
			h.Write(block)
			block = block[:0]
		}
	}
	h.Write(block)
}

// describe completes r.Run from the recordings.
func (r *Result) describe() error {
	r.Run.Format = layout
	r.Run.Probes = make([]Probe, 0, len(r.Values)+len(r.Spikes))
	r.Run.Spikes = make(map[string]SpikeCount, len(r.Spikes))
	for _, v := range r.Values {
		r.Run.Probes = append(r.Run.Probes, Probe{Name: v.Name, Kind: KindValues, Width: v.Width, Unit: v.Unit, Label: v.Label})
	}
	for _, s := range r.Spikes {
		r.Run.Probes = append(r.Run.Probes, Probe{Name: s.Name, Kind: KindSpikes, Neurons: s.Neurons})
		count, err := s.sumUp(r.Run.Time, r.Run.Dt)
		if err != nil {
			return err
		}
		r.Run.Spikes[s.Name] = count
	}
	if r.Run.Parameters == nil {
		r.Run.Parameters = map[string]any{}
	}
	if r.Run.Figures == nil {
		r.Run.Figures = []json.RawMessage{}
	}
	return nil
}

func (s Spikes) sumUp(time, dt float64) (c SpikeCount, err error) {
	h := sha256.New()
	for piece, err := range s.pieces() {
		if err != nil {
			return c, err
		}
		hashSpikes(h, piece.Steps, piece.IDs)
	}
	c = SpikeCount{Count: s.count(), Neurons: s.Neurons, SHA256: hex.EncodeToString(h.Sum(nil))}
	if s.Neurons > 0 && time > 0 {
		c.RateHz = float64(c.Count) / float64(s.Neurons) / time
		c.Statistics, err = s.statistics(time, dt)
	}
	return c, err
}
