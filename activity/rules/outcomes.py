"""Who says what came of a referral, and of which ones it is asked."""

from __future__ import annotations

from collections.abc import Collection

from activity.models import ActivityKind, Referral
from foundation.errors import Forbidden, Refused
from foundation.i18n import _l


class NotReferredThere(Refused):
    def __init__(self) -> None:
        super().__init__(_l("This record tells of no such referral. It may have been corrected meanwhile."))


class OnlyOfOnePerson(Refused):
    """A group's referral is of nobody in particular, and nobody can ask whoever gave no name."""

    def __init__(self) -> None:
        super().__init__(_l("What came of a referral is noted for records of one person by name."))


class NotYoursToFollow(Forbidden):
    def __init__(self) -> None:
        super().__init__(_l("What came of it is noted by whoever wrote the record, or by those in charge."))


def may_note(author_id: int, account_id: int, *, manages: bool) -> bool:
    """Whether `account_id`, who may see the record, says what came of its referrals: its author, or a manager."""
    return manages or account_id == author_id


def is_followed(kind: ActivityKind, people: int) -> bool:
    """Whether anybody asks what came of the referrals of a record that names so many people."""
    return kind is ActivityKind.INDIVIDUAL and people > 0


def check_note(kind: ActivityKind, people: int, referrals: Collection[str], referral: Referral) -> None:
    """
    Args:
        people: how many the record names.
        referrals: to whom the record says that the person was sent on.

    Raises:
        OnlyOfOnePerson, NotReferredThere
    """
    if not is_followed(kind, people):
        raise OnlyOfOnePerson
    if referral.value not in referrals:
        raise NotReferredThere
