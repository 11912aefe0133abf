"""Choose what to hide, with the proof that it is enough."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from reach.rules.suppression.picture import Cell, Fate, Key, Picture
from reach.rules.suppression.tableau import Tableau
from reach.rules.suppression.worlds import Walker, World

Need = tuple[int, int, frozenset[int]]
"""(figure, where it must be able to be, what whoever reads knows of their own)."""


@dataclass(frozen=True)
class Protection:
    """What is hidden, and the worlds that prove it: {key: value} of what would be another, all else being true.

    `given_away` are small figures that earlier publications tell already, whatever is hidden now.
    """

    hidden: frozenset[Key]
    worlds: tuple[Mapping[Key, int], ...]
    given_away: frozenset[Key]


def protect(picture: Picture, insiders: Iterable[frozenset[Key]] = ()) -> Protection:
    """Hide small figures, and as few others as is plain to find, so that no small one can be worked out.

    For each small figure there are two worlds, in whole numbers, that keep all sums and all that is shown or was shown
    before: in one it is at the lower end of its `room`, in the other at the upper end. `insiders` are sets of figures
    of which a reader may know one of their own, as a structure knows its own count: the others of the set are protected
    from each of them too. The same picture always gives the same answer.

    Raises:
        ValueError: a sum of figures that are not there.
    """
    task = _Task(picture)
    task.meet(task.needs(frozenset()))
    task.meet_insiders([frozenset(task.numbers[key] for key in group) for group in insiders])
    return task.answer()


@dataclass
class _Task:
    """The picture by numbers, and what was found so far."""

    picture: Picture
    keys: list[Key] = field(init=False)
    numbers: dict[Key, int] = field(init=False)
    cells: list[Cell] = field(init=False)
    walker: Walker = field(init=False)
    met: dict[Need, int] = field(default_factory=dict)
    worlds: list[World] = field(default_factory=list)
    given_away: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.keys = list(self.picture.cells)
        self.numbers = {key: number for number, key in enumerate(self.keys)}
        self.cells = list(self.picture.cells.values())
        _check(self.picture)
        open_ = {number for number, cell in enumerate(self.cells) if cell.fate is Fate.OPEN and not cell.small}
        public = {number for number, cell in enumerate(self.cells) if cell.fate is Fate.PUBLIC}
        hidden = set(range(len(self.cells))) - open_ - public

        def rank(figure: int, factor: int) -> tuple[bool, bool, int, int]:
            return figure not in hidden, abs(factor) != 1, -self.cells[figure].cost, figure

        sums = [
            {self.numbers[key]: factor for key, factor in terms.items() if self.numbers[key] not in public}
            for terms in _different(self.picture.sums)
        ]
        self.walker = Walker(self.cells, Tableau(sums, rank), hidden, open_)
        self.given_away = {number for number in public if self.cells[number].small}

    def needs(self, known: frozenset[int]) -> list[Need]:
        """Both ends of the room of each small figure that is not given away, the largest figures first."""
        small = [number for number, cell in enumerate(self.cells) if cell.small and number not in known]
        small.sort(key=lambda number: (-abs(self.cells[number].value), number))
        return [(number, end, known) for number in small for end in self.cells[number].room]

    def meet(self, needs: Iterable[Need]) -> None:
        """Find a world for each need that no world meets yet, hiding more where there is none."""
        for need in needs:
            figure, goal, known = need
            if (
                need in self.met
                or figure in self.given_away
                or _beyond(self.cells[figure].value, goal, self.cells[figure])
            ):
                continue
            known_world = self._found(need)
            if known_world is not None:
                self.met[need] = known_world
                continue
            world = self.walker.walk(figure, goal, known)
            if world is None:
                self.given_away.add(figure)
            else:
                self.worlds.append(world)
                self.met[need] = len(self.worlds) - 1

    def _found(self, need: Need) -> int | None:
        figure, goal, known = need
        for number, world in enumerate(self.worlds):
            if figure in world and _beyond(world[figure], goal, self.cells[figure]) and not known & world.keys():
                return number
        return None

    def meet_insiders(self, groups: list[frozenset[int]]) -> None:
        """The same against each reader who knows one hidden figure of a group, until no more has to be hidden."""
        before = -1
        while before != len(self.walker.hidden):
            before = len(self.walker.hidden)
            for group in groups:
                for known in sorted(group & self.walker.hidden):
                    others = [need for need in self.needs(frozenset({known})) if need[0] in group]
                    self.meet(others)

    def answer(self) -> Protection:
        """What is hidden: the small, what was hidden from the beginning, and what moves in a world that is needed."""
        needed = [self.worlds[number] for number in sorted(set(self.met.values()))]
        moving = {number for world in needed for number in world}
        hidden = {
            number for number in self.walker.hidden
            if number in moving or self.cells[number].small or self.cells[number].fate is Fate.HIDDEN
        }  # fmt: skip
        return Protection(
            frozenset(self.keys[number] for number in hidden),
            tuple({self.keys[number]: value for number, value in world.items()} for world in needed),
            frozenset(self.keys[number] for number in self.given_away),
        )


def _beyond(value: int, goal: int, cell: Cell) -> bool:
    """Whether `value` is at `goal` or farther from what the cell is."""
    return value >= goal if goal >= cell.value else value <= goal


def _different(sums: Iterable[Mapping[Key, int]]) -> list[Mapping[Key, int]]:
    """The sums, each once: two reports that say the same tell the same."""
    return list({frozenset(terms.items()): terms for terms in sums}.values())


def _check(picture: Picture) -> None:
    missing = {key for terms in picture.sums for key in terms if key not in picture.cells}
    if missing:
        raise ValueError(f"sums of figures that are not there: {sorted(map(repr, missing))[:5]}")
