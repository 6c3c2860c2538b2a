package equation

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// kind of a token.
type kind int

const (
	endOfText kind = iota
	endOfLine      // a line break or a semicolon
	number
	name
	operator // and brackets, and what joins statements
)

// token is a word of a text.
type token struct {
	kind  kind
	text  string
	value float64 // of a number
	at    Place
}

func (t token) String() string {
	switch t.kind {
	case endOfText:
		return "the end of the text"
	case endOfLine:
		return "the end of the line"
	}
	return strconv.Quote(t.text)
}

// What a text may be at most. Hostile text gets an error, and no machine is
// busy for long.
const (
	maxText   = 1 << 18 // bytes
	maxTokens = 20_000
	maxDepth  = 200 // of brackets, signs and powers within each other
	maxName   = 100 // letters
)

// operators, longer ones first.
var operators = []string{
	"**", "<=", ">=", "==", "!=", "+=", "-=", "*=", "/=",
	"+", "-", "*", "/", "^", "<", ">", "=", "(", ")", ",", ":", "%",
}

// scan splits a text into tokens. Comments run from # to the end of the line.
func scan(text string) ([]token, error) {
	if len(text) > maxText {
		return nil, fail(Place{}, "write less", "the text has %d bytes, at most %d are read", len(text), maxText)
	}
	s := scanner{text: text, at: Place{1, 1}}
	for s.pos < len(text) {
		if err := s.next(); err != nil {
			return nil, err
		}
		if len(s.tokens) > maxTokens {
			return nil, fail(s.at, "write less", "the text has more than %d words and signs", maxTokens)
		}
	}
	return append(s.tokens, token{kind: endOfText, at: s.at}), nil
}

type scanner struct {
	text   string
	pos    int
	at     Place
	tokens []token
}

// take makes a token of the next n bytes, which are on one line.
func (s *scanner) take(k kind, n int) {
	s.tokens = append(s.tokens, token{kind: k, text: s.text[s.pos : s.pos+n], at: s.at})
	s.skip(n)
}

func (s *scanner) skip(n int) {
	s.at.Col += utf8.RuneCountInString(s.text[s.pos : s.pos+n])
	s.pos += n
}

func (s *scanner) next() error {
	rest := s.text[s.pos:]
	switch c := rest[0]; {
	case c == '\n' || c == ';':
		s.take(endOfLine, 1)
		if c == '\n' {
			s.at = Place{s.at.Line + 1, 1}
		}
	case c == ' ' || c == '\t' || c == '\r':
		s.skip(1)
	case c == '#':
		n := strings.IndexByte(rest, '\n')
		if n < 0 {
			n = len(rest)
		}
		s.skip(n)
	case isDigit(c) || c == '.' && len(rest) > 1 && isDigit(rest[1]):
		return s.number(rest)
	case isLetter(c):
		n := 1
		for n < len(rest) && (isLetter(rest[n]) || isDigit(rest[n])) {
			n++
		}
		if n > maxName {
			return fail(s.at, "write a shorter one", "the name %s has more than %d letters", shorten(rest[:n]), maxName)
		}
		s.take(name, n)
	default:
		return s.sign(rest)
	}
	return nil
}

func (s *scanner) number(rest string) error {
	n := lengthOfNumber(rest)
	value, err := strconv.ParseFloat(rest[:n], 64)
	if err != nil {
		return fail(s.at, "write a smaller one", "%s is too large a number", shorten(rest[:n]))
	}
	if n < len(rest) && isLetter(rest[n]) {
		return fail(s.at, "write a product: 5*mV", "a number and a name run together: %s", shorten(rest[:n+1]))
	}
	s.take(number, n)
	s.tokens[len(s.tokens)-1].value = value
	return nil
}

// lengthOfNumber is the length of digits with a point and an exponent.
func lengthOfNumber(s string) int {
	digits := func(n int) int {
		for n < len(s) && isDigit(s[n]) {
			n++
		}
		return n
	}
	n := digits(0)
	if n < len(s) && s[n] == '.' {
		n = digits(n + 1)
	}
	if n < len(s) && (s[n] == 'e' || s[n] == 'E') {
		e := n + 1
		if e < len(s) && (s[e] == '+' || s[e] == '-') {
			e++
		}
		if end := digits(e); end > e {
			n = end
		}
	}
	return n
}

func (s *scanner) sign(rest string) error {
	for _, op := range operators {
		if strings.HasPrefix(rest, op) {
			s.take(operator, len(op))
			return nil
		}
	}
	r, _ := utf8.DecodeRuneInString(rest)
	return fail(s.at, signRemedy(r), "%q has no meaning here", r)
}

func signRemedy(r rune) string {
	switch r {
	case '−', '–':
		return "write the minus sign of the keyboard, -"
	case '×', '·':
		return "write * for a product"
	case '\'', '´', '’':
		return "write dv/dt for the derivative"
	case '&', '|', '!':
		return "write and, or, not"
	}
	return "take it out; names consist of letters, digits and _"
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' }

// shorten keeps messages readable.
func shorten(text string) string {
	const most = 40
	if r := []rune(text); len(r) > most {
		return fmt.Sprintf("%s…", string(r[:most-1]))
	}
	return text
}
