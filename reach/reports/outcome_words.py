"""The sentences of a report about what came of it: what residents answered, and of how many referrals it is known."""

from __future__ import annotations

from activity.models import Helped, Outcome
from foundation.i18n import _
from reach.reports.reading import Reading, share, told
from reach.rules.outcome_keys import ANSWERS, BY_ANSWER, BY_OUTCOME, REFERRED


def answered(reading: Reading) -> str:
    """How many said that it helped fully, of how many; empty where that is not told."""
    fully, answers = reading.count(BY_ANSWER[Helped.FULLY]), reading.count(ANSWERS)
    if fully is None or not answers:
        return ""
    return _(
        "Asked whether it had helped them, residents answered “yes, fully” %(fully)s times out of %(answers)s "
        "(%(part)s).",
        fully=told(fully), answers=told(answers), part=share(fully, answers),
    )  # fmt: skip


def asked(reading: Reading) -> str:
    """How many contacts there were for so many answers; empty where either is not told."""
    answers, contacts = reading.count(ANSWERS), reading.count("named_contacts")
    if answers is None or contacts is None:
        return ""
    return _(
        "There were %(answers)s answers for %(contacts)s contacts of people known by name; those with an appointment "
        "or a workshop session could answer.",
        answers=told(answers), contacts=told(contacts),
    )  # fmt: skip


def known(reading: Reading) -> str:
    """Of how many referrals it is known that they helped; empty where that is not told."""
    helped, whole = reading.count(BY_OUTCOME[Outcome.HELPED]), reading.count(REFERRED)
    if helped is None or not whole:
        return ""
    return _("Of %(all)s referrals, %(helped)s are known to have helped (%(share)s).",
             all=told(whole), helped=told(helped), share=share(helped, whole))  # fmt: skip
