"""The data dictionary: what each indicator of a version counts, in the words of the day on which it was published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from activity.models import Outcome, Theme
from activity.rules.labels import ANSWERS as ANSWER_WORDS
from activity.rules.labels import OUTCOMES, REFERRALS, THEMES
from foundation.i18n import _, _l
from reach.queries.feature_figures import THEME
from reach.rules.frozen import Content, FrozenDefinition
from reach.rules.indicators import UNITS, Unit
from reach.rules.open_data.rows import Row, indicators
from reach.rules.outcome_keys import ANSWERS, BY_ANSWER, BY_OUTCOME, BY_REFERRAL, REFERRED

COLUMN_OF = {
    "key": "indicateur", "label": "libelle", "definition": "definition", "counts": "compte",
    "does_not_count": "ne_compte_pas", "records": "source", "unit": "unite",
}  # fmt: skip
"""Part of a definition → the column it stands in."""


@dataclass(frozen=True)
class Beside:
    """What a file tells under a key of its own.

    Attributes:
        of: the indicator whose records it is counted from.
        definition: None: that of the other indicator, in another unit.
    """

    of: str
    label: Any
    unit: Any
    definition: Any = None


_ANSWER = _l(
    "Answers to one question, within 30 days: whether this appointment, or this session, helped. Also those said aloud "
    "and noted."
)
_REFERRAL = _l(
    "Referrals of people known by name, seen on their own, to somebody else; each with what came of it as noted last."
)
BESIDE: dict[str, Beside] = {
    "minutes": Beside("hours", _l("Length of activities, in minutes"), _l("minutes")),
    "pupil_minutes": Beside("kit_hours", _l("Use of kits, in minutes"), _l("minutes")),
    "cents": Beside("euros", _l("Spent with vouchers, in cents"), _l("cents")),
    "named_contacts": Beside(
        "contacts", _l("Contacts of people known by name"), UNITS[Unit.CONTACTS],
        _l("Contacts without the members of groups who were only counted, of whom nobody knows where they live"
            " or how old they are."),
    ),
    "walk_ins": Beside(
        "kept", _l("Walk-ins"), UNITS[Unit.CONTACTS],
        _l("People received without an appointment, on the day they came."),
    ),
    "prescribed_kept": Beside(
        "kept", _l("Appointments kept, booked by a prescriber"), UNITS[Unit.APPOINTMENTS],
        _l("Those of the appointments kept that a social worker or a public desk had booked."),
    ),
    "prescribed_noshow": Beside(
        "noshow", _l("No-shows, booked by a prescriber"), UNITS[Unit.APPOINTMENTS],
        _l("Those of the no-shows that a social worker or a public desk had booked."),
    ),
    "voucher_holders": Beside(
        "euros", _l("Residents with a voucher"), UNITS[Unit.PEOPLE],
        _l("People to whom a voucher was handed over in the period, each counted once."),
    ),
    "autonomy_told": Beside(
        "autonomy", _l("Autonomy noted twice"), UNITS[Unit.PEOPLE],
        _l("People whose autonomy was noted at two contacts or more."),
    ),
    "autonomy_grew": Beside(
        "autonomy", _l("More autonomous than before"), UNITS[Unit.PEOPLE],
        _l("Those of them who needed less help at their last contact than at their first."),
    ),
    "sessions_held": Beside(
        "seats_offered", _l("Sessions held"), _l("sessions"),
        _l("Workshop sessions of the period that took place and whose attendance was recorded."),
    ),
    "sessions_cancelled": Beside(
        "seats_offered", _l("Sessions cancelled"), _l("sessions"),
        _l("Workshop sessions of the period that were cancelled."),
    ),
    "schools": Beside(
        "children", _l("Schools reached"), _l("schools"), _l("Schools at which a session took place, each once.")
    ),
    "care_homes": Beside(
        "care_home", _l("Care homes reached"), _l("care homes"),
        _l("Care homes at which a session took place, each once."),
    ),
    "loans": Beside(
        "pupils", _l("Kits lent"), _l("loans"),
        _l("Loans of kits that begin in the period, however long they are; a kit lent twice counts twice."),
    ),
    ANSWERS: Beside("satisfaction", _l("Answers to whether it helped"), _l("answers"), _ANSWER),
    REFERRED: Beside("referrals", _l("Referrals of one person"), _l("referrals"), _REFERRAL),
}  # fmt: skip


def _parts() -> dict[str, Beside]:
    """What answers and referrals come to, one by one."""
    to = {key: _l("Referred to: %(place)s", place=REFERRALS[kind]) for kind, key in BY_REFERRAL.items()}
    came = {key: _l("Referrals: %(outcome)s", outcome=_outcome(one)) for one, key in BY_OUTCOME.items()}
    said = {key: _l("Answers: %(answer)s", answer=ANSWER_WORDS[one]) for one, key in BY_ANSWER.items()}
    return {
        **{key: Beside("satisfaction", label, _l("answers"), _ANSWER) for key, label in said.items()},
        **{key: Beside("referrals", label, _l("referrals"), _REFERRAL) for key, label in (came | to).items()},
    }


def _outcome(one: Outcome | None) -> Any:
    return OUTCOMES[one] if one else _l("Nothing noted")


SAID = BESIDE | _parts()


def dictionary(content: Content) -> Iterator[Row]:
    """Key, label, definition, what counts, what does not, from which records, unit of each indicator of the figures.

    Raises:
        KeyError: an indicator was published that nobody defined.
    """
    known = {one.key: one for one in content.definitions}
    for key in indicators(content):
        told = asdict(replace(_defined(key, known), key=key))
        yield {column: told[part] for part, column in COLUMN_OF.items()}


def units(content: Content) -> dict[str, str]:
    """Indicator → what it is a number of."""
    return {row["indicateur"]: row["unite"] for row in dictionary(content)}


def _defined(key: str, known: Mapping[str, FrozenDefinition]) -> FrozenDefinition:
    if key.startswith(THEME):
        theme = str(THEMES[Theme(key.removeprefix(THEME))])
        return replace(known["themes"], label=_("%(what)s: %(more)s", what=known["themes"].label, more=theme))
    if key not in SAID:
        return known[key]
    one = SAID[key]
    same = replace(known[one.of], label=str(one.label), unit=str(one.unit))
    if one.definition is None:
        return same
    return replace(same, definition=str(one.definition), counts="", does_not_count="")
