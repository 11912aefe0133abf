"""The drawings of the set on paper: their paths, followed stroke by stroke."""

from __future__ import annotations

import re

from reportlab.pdfgen.pathobject import PDFPathObject

STEP = re.compile(r"([MLHVCZ])([^MLHVCZ]*)")


def follow(drawn: PDFPathObject, path: str) -> None:
    """Draw a path of absolute M, L, H, V, C and Z."""
    x = y = 0.0
    for letter, rest in STEP.findall(path):
        numbers = [float(one) for one in rest.split()]
        if letter == "Z":
            drawn.close()
            continue
        if letter == "C":
            drawn.curveTo(*numbers)
            x, y = numbers[-2:]
            continue
        x, y = {"H": (numbers[0], y), "V": (x, numbers[0])}.get(letter) or (numbers[0], numbers[1])
        (drawn.moveTo if letter == "M" else drawn.lineTo)(x, y)
