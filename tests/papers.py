"""What stands on paper: the lines of each sheet, in the order in which they were drawn."""

from __future__ import annotations

import re
import unicodedata
from io import BytesIO
from typing import Any

import pikepdf

from foundation.arabic import is_arabic

_RANGE = re.compile(rb"<(\w+)>\s*<(\w+)>\s*(?:<(\w+)>|\[([^\]]*)\])")
_CHAR = re.compile(rb"<(\w+)>\s*<(\w+)>\s*$", re.M)
_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.S)


def sheets(content: bytes) -> list[list[str]]:
    """The lines of each sheet; no-break spaces are plain ones, and Arabic stands as one reads it."""
    with pikepdf.open(BytesIO(content)) as pdf:
        return [_lines(page) for page in pdf.pages]


def text(content: bytes) -> str:
    """All that stands on all sheets, a line of the table or of the text each."""
    return "\n".join(line for sheet in sheets(content) for line in sheet)


def facts(content: bytes) -> dict[str, Any]:
    """`title`, `language`, `sheets`, whether it is `wide`, and whether all its letters are `embedded`."""
    with pikepdf.open(BytesIO(content)) as pdf:
        first = pdf.pages[0]
        fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
        width, height = (float(one) for one in list(first.mediabox)[2:])
        return {
            "title": " ".join(str(pdf.docinfo["/Title"]).split()),
            "language": str(pdf.Root.Lang),
            "sheets": len(pdf.pages),
            "wide": width > height,
            "embedded": all("/FontDescriptor" in font and "/FontFile2" in font.FontDescriptor for font in fonts),
        }


def lowest(content: bytes) -> float:
    """How far above the lower edge the lowest line of all sheets stands, in points."""
    with pikepdf.open(BytesIO(content)) as pdf:
        return min(
            float(operands[5])
            for page in pdf.pages
            for operands, does in pikepdf.parse_content_stream(page)
            if str(does) == "Tm"
        )


def _lines(page: pikepdf.Page) -> list[str]:
    letters = {name: _letters(font) for name, font in page.Resources.Font.items()}
    known: dict[int, str] = {}
    lines: list[str] = []
    for operands, does in pikepdf.parse_content_stream(page):
        if str(does) == "Tm":
            lines.append("")
        elif str(does) == "Tf":
            known = letters[str(operands[0])]
        elif str(does) == "Tj":
            lines[-1] += "".join(known[code] for code in bytes(operands[0]))
    return [_read(line) for line in lines if line]


def _letters(font: Any) -> dict[int, str]:
    """Code → letter of one font, from its table for those who copy text."""
    if "/ToUnicode" not in font:
        return {code: chr(code) for code in range(256)}
    found: dict[int, str] = {}
    for kind, block in _BLOCK.findall(font.ToUnicode.read_bytes()):
        if kind == b"bfchar":
            found |= {int(code, 16): _said(letter) for code, letter in _CHAR.findall(block)}
            continue
        for first, last, start, each in _RANGE.findall(block):
            targets = [_said(one) for one in re.findall(rb"<(\w+)>", each)]
            for step, code in enumerate(range(int(first, 16), int(last, 16) + 1)):
                found[code] = targets[step] if targets else chr(int(start, 16) + step)
    return found


def _said(letters: bytes) -> str:
    return bytes.fromhex(letters.decode()).decode("utf-16-be")


def _read(line: str) -> str:
    """Arabic is drawn from its end, in joined letters."""
    plain = unicodedata.normalize("NFKC", line[::-1]) if is_arabic(line) else line
    return re.sub(r"\s+", " ", plain).strip()
