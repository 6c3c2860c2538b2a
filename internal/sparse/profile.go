package sparse

import "time"

type phase int

const (
	receivePhase phase = iota
	deliverPhase
	updatePhase
	waitPhase
	phases
)

// A profile is where the time of a partition goes. A nil profile measures
// nothing. Wall times never reach a result.
type profile struct {
	last   time.Time
	spent  [phases]time.Duration
	runs   uint64
	events uint64
}

// mark adds the time since the last mark to a phase.
func (p *profile) mark(ended phase) {
	if p == nil {
		return
	}
	now := time.Now()
	p.spent[ended] += now.Sub(p.last)
	p.last = now
}

func (p *profile) count(runs []run) {
	if p == nil {
		return
	}
	p.runs += uint64(len(runs))
	for _, r := range runs {
		p.events += uint64(r.end - r.begin)
	}
}
