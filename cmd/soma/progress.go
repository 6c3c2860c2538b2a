package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/term"
)

// progress shows how far a simulation is.
type progress interface {
	show(steps int64) // called often
	end()
}

// newProgress chooses how to show progress; nil: not at all.
func newProgress(kind string, w io.Writer, steps int64, dt float64) progress {
	pace := pace{total: steps, dt: dt, start: time.Now()}
	switch f := terminal(w); {
	case kind == "plain":
		return &plain{pace: pace, out: w, next: time.Second}
	case kind == "auto" && f != nil:
		return &bar{pace: pace, out: f, paint: painterFor(w)}
	}
	return nil
}

// pace is how fast a simulation goes.
type pace struct {
	total int64 // steps
	dt    float64
	start time.Time
}

// at describes the state after so many steps: fraction done, simulated time of
// the whole, speed, time left.
func (p pace) at(steps int64, now time.Time) (fraction float64, done, speed, left string) {
	fraction = float64(steps) / float64(p.total)
	taken := now.Sub(p.start).Seconds()
	simulated, whole := float64(steps)*p.dt, float64(p.total)*p.dt
	done = fmt.Sprintf("%.*f / %s", decimals(whole), simulated, duration(whole))
	if whole < 1 {
		done = fmt.Sprintf("%s / %s", duration(simulated), duration(whole))
	}
	if steps > 0 && taken > 0 {
		speed = speedOf(taken / simulated)
		left = elapsed(taken*(1-fraction)/fraction) + " left"
	}
	return fraction, done, speed, left
}

func speedOf(realTimeFactor float64) string { return digits(1/realTimeFactor, 2) + "× real time" }

// decimals is how many make the last digit worth a thousandth of the whole.
func decimals(whole float64) int {
	n := 3
	for ; whole >= 10 && n > 0; whole /= 10 {
		n--
	}
	return n
}

// bar is a line that is drawn again and again.
type bar struct {
	pace
	out   *os.File
	paint painter
	drawn time.Time // the last time; zero before the first
}

const (
	barDelay    = 300 * time.Millisecond // shorter runs show no bar
	barInterval = 100 * time.Millisecond
	barWidth    = 28
	clearLine   = "\r\x1b[K"
)

func (b *bar) show(steps int64) {
	now := time.Now()
	if now.Sub(b.start) < barDelay || now.Sub(b.drawn) < barInterval {
		return
	}
	b.drawn = now
	width, _, err := term.GetSize(int(b.out.Fd()))
	if err != nil || width < 20 {
		width = 80
	}
	io.WriteString(b.out, clearLine+b.line(steps, now, width-1))
}

func (b *bar) end() {
	if !b.drawn.IsZero() {
		io.WriteString(b.out, clearLine)
	}
}

// line is the bar and what fits behind it.
func (b *bar) line(steps int64, now time.Time, width int) string {
	fraction, done, speed, left := b.at(steps, now)
	room := min(barWidth, width-5)
	full := int(fraction * float64(room))
	line := b.paint.green(strings.Repeat("━", full)) + b.paint.dim(strings.Repeat("─", room-full))
	line += fmt.Sprintf(" %3.0f %%", 100*fraction)
	used := room + 6
	for _, text := range []string{done, left, speed} {
		if n := len([]rune(text)) + 3; text != "" && used+n <= width {
			line, used = line+"   "+text, used+n
		}
	}
	return line
}

// plain writes a line now and then: after a second, then at growing intervals
// of up to a minute.
type plain struct {
	pace
	out  io.Writer
	next time.Duration // since the start
	gap  time.Duration
}

func (p *plain) show(steps int64) {
	now := time.Now()
	since := now.Sub(p.start)
	if since < p.next {
		return
	}
	p.gap = min(max(2*p.gap, time.Second), time.Minute)
	p.next = since + p.gap
	fraction, done, speed, left := p.at(steps, now)
	fmt.Fprintf(p.out, "%3.0f %%  %s  %s  %s\n", 100*fraction, done, speed, left)
}

func (p *plain) end() {}
