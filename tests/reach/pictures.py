"""Tables for the tests of small numbers: whole pictures of counts with all their sums."""

from __future__ import annotations

from itertools import product

from hypothesis import strategies as st

from reach.rules.suppression.picture import Picture, count
from tests.reach.attack import Attack

counts = st.one_of(st.integers(0, 12), st.integers(0, 3), st.integers(9, 60))


def one_way(*values):
    """A total, `t`, of lines 0, 1, 2…"""
    picture = Picture()
    for number, value in enumerate(values):
        picture.add(number, count(value))
    picture.add("t", count(sum(values)))
    picture.add_sum("t", range(len(values)))
    return picture


def crossed(inner, sizes):
    """A table of as many dimensions as there are `sizes`, with all margins: `t` stands for all of a dimension."""
    picture = Picture()
    axes = [[*range(size), "t"] for size in sizes]
    for key in product(*axes):
        parts = product(*([at] if at != "t" else range(size) for at, size in zip(key, sizes, strict=True)))
        picture.add(key, count(sum(inner[part] for part in parts)))
    for key in product(*axes):
        for place, at in enumerate(key):
            if at == "t":
                picture.add_sum(key, [(*key[:place], one, *key[place + 1 :]) for one in range(sizes[place])])
    return picture


@st.composite
def tables(draw, dimensions=(1, 2, 3), most=4):
    sizes = draw(st.lists(st.integers(2, most), min_size=min(dimensions), max_size=max(dimensions)))
    inner = {key: draw(counts) for key in product(*(range(size) for size in sizes))}
    return crossed(inner, sizes)


def small(picture):
    return [key for key, cell in picture.cells.items() if cell.small]


def attack(picture, hidden):
    """What somebody has who reads the picture without what is `hidden`."""
    shown = {key: cell.value for key, cell in picture.cells.items() if key not in hidden}
    signed = frozenset(key for key, cell in picture.cells.items() if cell.signed)
    return Attack(shown, [(terms, picture.comes_to(terms)) for terms in picture.sums], signed)
