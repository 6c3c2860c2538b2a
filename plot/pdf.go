package plot

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"math"
	"time"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"codeberg.org/go-pdf/fpdf"
	xfont "golang.org/x/image/font"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// pdfCanvas is a vg.Canvas for PDF. gonum's own writes the time of day into the
// file and its fonts know no µ, Ω or −; this one writes neither dates nor names
// of its own making, and embeds the glyphs that are used.
//
// Its paths are lines and cubic curves, all that this package draws.
type pdfCanvas struct {
	doc    *fpdf.Fpdf
	h      float64 // of the page; y grows downwards in doc
	images int
	widths map[int]bool // of the images so far, in pixels
}

func newPDF(w, h float64) *pdfCanvas {
	doc := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: fpdf.SizeType{Wd: w, Ht: h}})
	doc.SetCreationDate(time.Unix(0, 0).UTC())
	doc.SetModificationDate(time.Unix(0, 0).UTC())
	doc.SetCatalogSort(true)
	doc.SetProducer("soma", false)
	doc.SetMargins(0, 0, 0)
	doc.SetAutoPageBreak(false, 0)
	doc.AddUTF8FontFromBytes("sans", "", liberationsansregular.TTF)
	doc.AddUTF8FontFromBytes("sans", "B", liberationsansbold.TTF)
	doc.AddPage()
	doc.SetLineJoinStyle("round")
	return &pdfCanvas{doc: doc, h: h, widths: map[int]bool{}}
}

func (c *pdfCanvas) write(w io.Writer) error { return c.doc.Output(w) }

func (c *pdfCanvas) at(p vg.Point) (x, y float64) { return p.X.Points(), c.h - p.Y.Points() }

func (c *pdfCanvas) SetLineWidth(w vg.Length) { c.doc.SetLineWidth(w.Points()) }

func (c *pdfCanvas) SetLineDash(pattern []vg.Length, offset vg.Length) {
	dashes := make([]float64, len(pattern))
	for i, d := range pattern {
		dashes[i] = d.Points()
	}
	c.doc.SetDashPattern(dashes, offset.Points())
}

func (c *pdfCanvas) SetColor(col color.Color) {
	n, ok := color.NRGBAModel.Convert(col).(color.NRGBA)
	if !ok {
		n = color.NRGBA{A: 255}
	}
	r, g, b := int(n.R), int(n.G), int(n.B)
	c.doc.SetFillColor(r, g, b)
	c.doc.SetDrawColor(r, g, b)
	c.doc.SetTextColor(r, g, b)
	c.doc.SetAlpha(float64(n.A)/255, "Normal")
}

// The transforms act about the bottom left corner, which is (0, h) in doc.

func (c *pdfCanvas) Rotate(rad float64)   { c.doc.TransformRotate(rad*180/math.Pi, 0, c.h) }
func (c *pdfCanvas) Translate(p vg.Point) { c.doc.TransformTranslate(p.X.Points(), -p.Y.Points()) }
func (c *pdfCanvas) Scale(x, y float64)   { c.doc.TransformScale(100*x, 100*y, 0, c.h) }
func (c *pdfCanvas) Push()                { c.doc.TransformBegin() }
func (c *pdfCanvas) Pop()                 { c.doc.TransformEnd() }
func (c *pdfCanvas) Stroke(path vg.Path)  { c.path(path, "D") }
func (c *pdfCanvas) Fill(path vg.Path)    { c.path(path, "F") }

func (c *pdfCanvas) path(path vg.Path, style string) {
	if len(path) == 0 {
		return
	}
	for _, comp := range path {
		x, y := c.at(comp.Pos)
		switch {
		case comp.Type == vg.MoveComp:
			c.doc.MoveTo(x, y)
		case comp.Type == vg.LineComp:
			c.doc.LineTo(x, y)
		case comp.Type == vg.CurveComp && len(comp.Control) == 2:
			x0, y0 := c.at(comp.Control[0])
			x1, y1 := c.at(comp.Control[1])
			c.doc.CurveBezierCubicTo(x0, y0, x1, y1, x, y)
		case comp.Type == vg.CloseComp:
			c.doc.ClosePath()
		default:
			c.doc.SetErrorf("pdf: path component %d is neither line nor cubic curve", comp.Type)
		}
	}
	c.doc.DrawPath(style)
}

func (c *pdfCanvas) FillString(f font.Face, p vg.Point, s string) {
	style := ""
	if f.Font.Weight == xfont.WeightBold {
		style = "B"
	}
	c.doc.SetFont("sans", style, f.Font.Size.Points())
	x, y := c.at(p)
	c.doc.Text(x, y, s)
}

// DrawImage embeds the image. fpdf orders the images of a file by their width
// alone, so two of the same width would come in random order: a later one gets
// a column more, which only stretches it by a fraction of a pixel.
func (c *pdfCanvas) DrawImage(r vg.Rectangle, img image.Image) {
	b := img.Bounds()
	wide := b.Dx()
	for c.widths[wide] {
		wide++
	}
	c.widths[wide] = true
	if wide > b.Dx() {
		img = widened(img, wide)
	}
	var buf bytes.Buffer
	if err := png.Encode(&buf, img); err != nil {
		c.doc.SetError(err)
		return
	}
	c.images++
	name, options := fmt.Sprintf("image%d", c.images), fpdf.ImageOptions{ImageType: "png"}
	c.doc.RegisterImageOptionsReader(name, options, &buf)
	x, y := c.at(vg.Point{X: r.Min.X, Y: r.Max.Y})
	c.doc.ImageOptions(name, x, y, r.Size().X.Points(), r.Size().Y.Points(), false, options, 0, "")
}

// widened repeats the last column up to the given width.
func widened(img image.Image, wide int) image.Image {
	b := img.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, wide, b.Dy()))
	for y := range b.Dy() {
		for x := range wide {
			out.Set(x, y, img.At(b.Min.X+min(x, b.Dx()-1), b.Min.Y+y))
		}
	}
	return out
}
