package main

import (
	"bytes"
	"testing"
	"time"
)

func TestBar(t *testing.T) {
	start := time.Now()
	for _, c := range []struct {
		steps, total int64
		after        time.Duration
		width        int
		want         string
	}{
		{0, 1000, 0, 79, "────────────────────────────   0 %   0.000 / 1 s"},
		{500, 1000, 2 * time.Second, 99, "━━━━━━━━━━━━━━──────────────  50 %   0.500 / 1 s   2.00 s left   0.25× real time"},
		{500, 1000, 2 * time.Second, 60, "━━━━━━━━━━━━━━──────────────  50 %   0.500 / 1 s"},
		{50, 500, time.Second, 99, "━━──────────────────────────  10 %   50 ms / 500 ms   9.00 s left   0.050× real time"},
		{100_000, 100_000, time.Minute, 99, "━━━━━━━━━━━━━━━━━━━━━━━━━━━━ 100 %   100.0 / 100 s   0 ms left   1.7× real time"},
		{1, 2, time.Second, 20, "━━━━━━━────────  50 %"},
	} {
		b := &bar{pace: pace{total: c.total, dt: 0.001, start: start}}
		if got := b.line(c.steps, start.Add(c.after), c.width); got != c.want {
			t.Errorf("%d of %d steps:\ngot  %q\nwant %q", c.steps, c.total, got, c.want)
		}
	}
}

func TestPlainProgressIsSparing(t *testing.T) {
	var out bytes.Buffer
	p := newProgress("plain", &out, 1000, 0.001).(*plain)
	p.show(1)
	if out.Len() > 0 {
		t.Errorf("at once: %q", out.String())
	}
	p.start = p.start.Add(-2 * time.Second)
	p.show(500)
	p.show(501)
	if want := " 50 %  0.500 / 1 s  0.25× real time  2.00 s left\n"; out.String() != want {
		t.Errorf("after two seconds: %q, want %q once", out.String(), want)
	}
}

func TestNobodyWatchesAFile(t *testing.T) {
	for _, kind := range []string{"auto", "none"} {
		if p := newProgress(kind, &bytes.Buffer{}, 10, 0.001); p != nil {
			t.Errorf("%s: progress is shown where there is no terminal", kind)
		}
	}
}
