"""A report about to be published: what of it may be shown, all earlier reports considered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from reach.rules.dimensions import Dimension, Value
from reach.rules.outcome_keys import ANSWERS, REFERRED
from reach.rules.suppression.crossing import check_crossing
from reach.rules.suppression.links import Link, links, overlaps, slacks
from reach.rules.suppression.picture import SMALL, Cell, Fate, Picture, change, count, slack
from reach.rules.suppression.protect import protect
from reach.rules.suppression.tables import By, Figure, Hierarchy, Table

INSIDERS = (Dimension.STRUCTURE, Dimension.VENUE)
"""By these, whoever reads may know a line of their own: a structure knows whom it saw."""
ADDING_UP = frozenset({"contacts", "named_contacts", "anonymous", ANSWERS, REFERRED})
"""Counts whose lines come to the whole exactly, in one report; people may be in two lines."""


@dataclass(frozen=True)
class Published:
    """A report as it is kept: every figure with its true value, and which of them nobody outside is shown.

    `given_away` are small figures that can be worked out from earlier reports, whatever this one hides.
    """

    figures: Mapping[Figure, int]
    hidden: frozenset[Figure]
    small: frozenset[Figure] = frozenset()
    splits: frozenset[tuple[Figure, By]] = frozenset()
    given_away: frozenset[Figure] = frozenset()

    def shown(self, figure: Figure) -> int | None:
        """What outsiders read; None for what is not told. Raises: KeyError for what the report does not say."""
        value = self.figures[figure]
        return None if figure in self.hidden else value

    def table(self, table: Table) -> dict[tuple[Value | None, ...], int | None]:
        """The cells of a table of the report, as outsiders read them."""
        return {key: self.shown(table.figure(key)) for key in table.cells}


@dataclass(frozen=True)
class Release:
    """Tables that are published together, after `earlier` reports, in the order of their publication."""

    tables: tuple[Table, ...]
    earlier: tuple[Published, ...] = ()
    hierarchies: tuple[Hierarchy, ...] = ()

    def protected(self) -> Published:
        """What may be shown of it.

        Raises:
            NeverPublished: a table by mediator, or of heads by what nobody asked them.
            ValueError: two tables disagree about a figure, or one lacks what it is about.
        """
        draft = self._draft()
        work = _Work(self.hierarchies, self._barely_changed(draft), self._of_nobody())
        for number, report in enumerate((*self.earlier, draft)):
            work.take_in(report, number, new=report is draft)
        told = protect(work.picture, work.insiders())
        return Published(
            draft.figures,
            frozenset(figure for figure in draft.figures if work.named[figure] in told.hidden),
            draft.small,
            draft.splits,
            frozenset(figure for figure in draft.figures if work.named[figure] in told.given_away),
        )

    def _draft(self) -> Published:
        figures: dict[Figure, int] = {}
        for table in self.tables:
            check_crossing(table.indicator, {*table.by, *dict(table.where)})
            for figure, value in table.figures().items():
                if figures.setdefault(figure, value) != value:
                    raise ValueError(f"two tables disagree about {figure}: {figures[figure]} and {value}")
        splits = frozenset(split for table in self.tables for split in table.splits())
        return Published(figures, frozenset(), self._small(figures), splits)

    def _of_nobody(self) -> frozenset[Figure]:
        return frozenset(figure for table in self.tables if table.of_nobody for figure in table.figures())

    def _barely_changed(self, draft: Published) -> frozenset[Figure]:
        """Figures that an earlier report shows, and of which this one would tell that few people make the difference.

        They are hidden whatever else is known: sums between versions of two reports do not hold, and a picture of them
        may believe that the difference is known already.
        """
        about = {
            figure: figure.counting(table.about) for table in self.tables if table.about for figure in table.figures()
        }
        return frozenset(
            figure
            for report in self.earlier
            for figure in draft.figures.keys() & report.figures.keys() - report.hidden
            if report.figures[figure] != draft.figures[figure]
            and _differs_by_few(about.get(figure, figure), report, draft)
        )

    def _small(self, figures: Mapping[Figure, int]) -> frozenset[Figure]:
        """Figures of fewer than 11: counts themselves, others by what they are about; never those of nobody."""
        small = set()
        for table in self.tables:
            for figure in () if table.of_nobody else table.figures():
                people = figure.counting(table.about) if table.about else figure
                if people not in figures:
                    raise ValueError(f"{table.indicator} is about {table.about}, which this release does not count")
                if figures[people] < SMALL:
                    small.add(figure)
        return frozenset(small)


def _differs_by_few(people: Figure, one: Published, other: Published) -> bool:
    """Also where nobody counted them before."""
    return people not in one.figures or abs(one.figures[people] - other.figures[people]) < SMALL


@dataclass
class _Work:
    """The picture of all reports. `named` says under which key the last version of a figure is in it.

    `barely_changed` are figures of the new report that are hidden from the beginning; those `of_nobody` are told from
    the beginning, since they follow from what is never hidden; `said` are the numbers of the reports in which a version
    of a figure stands.
    """

    hierarchies: tuple[Hierarchy, ...]
    barely_changed: frozenset[Figure] = frozenset()
    of_nobody: frozenset[Figure] = frozenset()
    picture: Picture = field(default_factory=Picture)
    named: dict[Figure, object] = field(default_factory=dict)
    versions: dict[Figure, list[object]] = field(default_factory=dict)
    splits: set[tuple[Figure, By]] = field(default_factory=set)
    said: dict[object, set[int]] = field(default_factory=dict)

    def take_in(self, report: Published, number: int, *, new: bool) -> None:
        """Add a report: figures that it says again are the same, those that changed are new ones beside the old."""
        for figure, value in report.figures.items():
            hidden = figure in (self.barely_changed if new else report.hidden)
            is_open = new and figure not in self.of_nobody
            fate = Fate.HIDDEN if hidden else Fate.OPEN if is_open else Fate.PUBLIC
            self._name(figure, Cell(value, fate, small=figure in report.small), number)
        self.splits |= report.splits
        self._tie(set(report.figures))

    def _name(self, figure: Figure, cell: Cell, number: int) -> None:
        for key in self.versions.get(figure, ()):
            if self.picture.cells[key].value == cell.value:
                self._agree(key, cell, of_nobody=figure in self.of_nobody)
                self.named[figure] = key
                self.said[key].add(number)
                return
        key = (figure, number)
        self.said[key] = {number}
        self.picture.add(key, cell)
        for old in self.versions.get(figure, ()):
            self.picture.add((old, key), change(cell.value - self.picture.cells[old].value))
            self.picture.add_sum(key, [old, (old, key)])
        self.versions.setdefault(figure, []).append(key)
        self.named[figure] = key

    def _agree(self, key: object, cell: Cell, *, of_nobody: bool) -> None:
        """What was shown once is known; what was hidden stays hidden, but for what turns out to be of nobody."""
        fates = {self.picture.cells[key].fate, cell.fate}
        fate = Fate.PUBLIC if Fate.PUBLIC in fates else Fate.HIDDEN if Fate.HIDDEN in fates else Fate.OPEN
        small = not of_nobody and (cell.small or self.picture.cells[key].small)
        self.picture.add(key, Cell(cell.value, fate, small=small))

    def _tie(self, touched: set[Figure]) -> None:
        """Add the sums of all last versions that say anything of the `touched` figures."""
        values = {figure: self.picture.cells[key].value for figure, key in self.named.items()}
        for link in links(values, self.splits, self.hierarchies):
            if touched & {link.whole, *link.parts}:
                self._link(link, values)
        for figure, less in slacks(values):
            if figure in touched or less in touched:
                self._rest(figure, (less,), slack(values[figure] - values[less]))
        for lap in overlaps(values):
            if touched & {lap.one, lap.other, lap.union}:
                self._overlap(lap.one, lap.other, lap.union, lap.common, values)

    def _link(self, link: Link, values: Mapping[Figure, int]) -> None:
        whole = values[link.whole]
        together = sum(values[part] for part in link.parts)
        if link.complete:
            self._whole(link, whole - together)
            if together != whole:
                self._rests(link.whole, [(part,) for part in link.parts], values)
            return
        several = [link.parts, *((part,) for part in link.parts)]
        self._rests(link.whole, several if len(link.parts) > 1 else several[:1], values)

    def _whole(self, link: Link, apart: int) -> None:
        """A whole and its parts. Of counts that add up, what is between versions of two reports is what was changed."""
        names = [self.named[one] for one in (link.whole, *link.parts)]
        together = set.intersection(*(self.said[name] for name in names))
        if not apart or together or link.whole.indicator not in ADDING_UP:
            self.picture.add_sum(names[0], names[1:])
            return
        key = ("apart", *names)
        self.picture.add(key, change(apart))
        self.picture.add_sum(names[0], [*names[1:], key])

    def _rests(self, whole: Figure, parts: Iterable[tuple[Figure, ...]], values: Mapping[Figure, int]) -> None:
        """Who is in the whole and in none of some parts: a count that follows when both are shown."""
        for some in parts:
            rest = values[whole] - sum(values[part] for part in some)
            if rest >= 0:
                self._rest(whole, some, count(rest, Fate.HIDDEN))

    def _rest(self, whole: Figure, parts: Iterable[Figure], rest: Cell) -> None:
        names = [self.named[part] for part in parts]
        key = ("rest", self.named[whole], frozenset(names), rest.small)
        if key not in self.picture.cells:
            self.picture.add(key, rest)
            self.picture.add_sum(self.named[whole], [*names, key])

    def _overlap(self, one: Figure, other: Figure, union: Figure, common: Figure, values: Mapping[Figure, int]) -> None:
        value = values[one] + values[other] - values[union]
        key = self.named.get(common, ("common", self.named[one], self.named[other], self.named[union]))
        if key not in self.picture.cells:
            if value < 0:
                return
            self.picture.add(key, count(value, Fate.HIDDEN))
        self.picture.sums.append({self.named[one]: 1, self.named[other]: 1, self.named[union]: -1, key: -1})

    def insiders(self) -> list[frozenset[object]]:
        """Lines of one split by what a reader may know of their own."""
        return [
            frozenset(self.named[part] for part in link.parts)
            for link in links(dict.fromkeys(self.named, 0), self.splits, ())
            if link.by in INSIDERS
        ]
