"""How the figures are made, what they do not say, and the words that define them, as they were on that day."""

from __future__ import annotations

from foundation.i18n import _
from reach.reports.cover import own_version
from reach.reports.grid import Block, write_in_columns
from reach.reports.message import listed, not_comparable
from reach.reports.paper import ReportPaper
from reach.reports.reading import Reading
from reach.reports.where import counted_in, not_located
from reach.rules.frozen import FrozenDefinition
from reach.rules.outcome_keys import ANSWERS, REFERRED

DEFINED = (
    "people", "first_timers", "contacts", "anonymous", "hours", "rate", "not_located", "unevenness", "kept", "noshow",
    "excused", "waiting", "seats_offered", "seats_taken", "children", "care_home", "pupils", "kit_hours",
    "device_vouchers", "training_vouchers", "euros", "themes",
)  # fmt: skip
"""Indicators of the yearly and quarterly report."""
DEFINED_WITH = {"satisfaction": ANSWERS, "referrals": REFERRED, "autonomy": ANSWERS}
"""Those of a part that reports have only since it is counted → what tells whether they have it."""
MOST_NAMES = 20


def write_method(paper: ReportPaper, reading: Reading) -> None:
    """A page, and a page of definitions."""
    paper.heading(_("How this report was made"), least=200)
    paper.say(reading.content.scope)
    paper.subheading(_("Figures that stay"))
    paper.say(
        _(
            "The figures were counted once, on the day of publication, and are kept as they were. If "
            "records are corrected later, a revision is published under its own number, and this version "
            "stays available."
        )
    )
    paper.subheading(_("Small numbers"))
    paper.say(small_numbers(reading))
    _write_unknown(paper, reading)
    paper.subheading(_("Sources"))
    paper.say(sources(reading))
    _write_definitions(paper, reading)


def small_numbers(reading: Reading) -> str:
    """What is hidden, and why a zero is not; on the team's own paper, that nothing is."""
    if reading.full:
        return own_version()
    return _(
        "Figures about fewer than 11 people are not published, nor are those from which they could be "
        "worked out, by subtraction or with another report of the territory. Rates and shares are "
        "worked out from published figures. Where people are counted, none and a few carry the same "
        "mark; a zero is shown only where nothing took place that anyone could have attended."
    )


def sources(reading: Reading) -> str:
    """In one paragraph, so that no sentence of it stands alone on a page."""
    said = [
        counted_in(reading),
        _(
            "Activity records, appointments, registrations, loans and vouchers as the mediators of the programme wrote "
            "them in Parvis, and what residents answered."
        ),
    ]
    if any(one.geometry for one in reading.content.areas):
        said.append(_("The map shows the neighbourhoods as they were drawn on the day of publication."))
    return " ".join(filter(None, said))


def _write_unknown(paper: ReportPaper, reading: Reading) -> None:
    paper.subheading(_("What is not known"))
    paper.point(not_located(reading))
    paper.point(
        _(
            "Members of groups who were only counted are contacts and never people: nobody knows whether "
            "they came twice, how old they are or where they live."
        )
    )
    missing = [one.name for one in reading.content.areas if not one.population]
    if missing:
        paper.point(
            _(
                "Neighbourhoods whose population is not known, and which have no rate: %(names)s.",
                names=listed(missing, MOST_NAMES),
            )
        )
    if said := not_comparable(reading):
        paper.point(said)


def _write_definitions(paper: ReportPaper, reading: Reading) -> None:
    paper.heading(_("Definitions"), least=120)
    defined = {*DEFINED, *(key for key, counted in DEFINED_WITH.items() if reading.says(counted))}
    write_in_columns(paper, [_block(one) for one in reading.content.definitions if one.key in defined])


def _block(one: FrozenDefinition) -> Block:
    return Block(
        [
            (one.label, 8.5, True, False),
            (one.definition, 7.5, False, False),
            (_("Counts: %(what)s", what=one.counts), 7, False, True),
            (_("Does not count: %(what)s", what=one.does_not_count), 7, False, True),
        ]
    )
