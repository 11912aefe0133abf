"""What stands at the head and at the foot of each drawing, so that it can be understood on its own."""

from __future__ import annotations

from collections.abc import Iterable

from reach.drawing.paper import SOFT, Paper
from reach.drawing.words import fitted


def write_title(paper: Paper, title: str) -> None:
    """The title at the top, in as many lines as it needs."""
    paper.y = paper.size * 0.5
    texts = fitted(title, paper.width - 2 * paper.size, paper.size * 1.25, bold=True)
    paper.lines(paper.size, texts, scale=1.25, bold=True)
    paper.y += paper.size * 0.6


def write_small_print(paper: Paper, texts: Iterable[str]) -> None:
    """Sentences at the foot of a drawing."""
    for text in filter(None, texts):
        for line in fitted(text, paper.width - 2 * paper.size, paper.size * 0.85):
            paper.y += paper.size * 1.15
            paper.text(paper.size, paper.y, line, scale=0.85, colour=SOFT)
        paper.y += paper.size * 0.3
    paper.y += paper.size * 0.8
