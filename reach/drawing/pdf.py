"""Drawing → PDF: the same shapes on a sheet, with letters in the order and form in which paper needs them."""

from __future__ import annotations

from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Drawing, Group, Shape, String
from reportlab.pdfgen.canvas import Canvas

from foundation.arabic import placed
from foundation.pdf import PLAIN


def draw_on(canvas: Canvas, drawing: Drawing, left: float, bottom: float) -> None:
    """Put a drawing on a canvas, its lower left corner at (left, bottom) in points. The drawing stays as it is."""
    sheet = Drawing(drawing.width, drawing.height, initialFontName=PLAIN)
    for shape in drawing.contents:
        sheet.add(_for_paper(shape))
    renderPDF.draw(sheet, canvas, left, bottom)


def _for_paper(shape: Shape) -> Shape:
    """A copy whose lines of Arabic are joined and turned; browsers do that by themselves."""
    if isinstance(shape, Group):
        return Group(*(_for_paper(one) for one in shape.contents), transform=shape.transform)
    if not isinstance(shape, String):
        return shape
    copy = shape.copy()
    copy.text = placed(shape.text, rtl=False)
    return copy
