"""Every value of an enumeration of workshops has its own words, in order, and is said in French."""

from __future__ import annotations

import pytest

from tests.words import check_said_in_french, check_whole_and_in_order
from workshops.models import Origin, Priority, RegistrationEventKind, RegistrationState, SessionEventKind, SessionState
from workshops.rules import labels

TABLES = [
    (RegistrationState, labels.REGISTRATION_STATES),
    (RegistrationEventKind, labels.REGISTRATION_EVENTS),
    (Origin, labels.ORIGINS),
    (Priority, labels.PRIORITIES),
    (Priority, labels.REASONS_FIRST),
    (SessionEventKind, labels.SESSION_EVENTS),
    (SessionState, labels.SESSION_STATES),
]


@pytest.mark.parametrize(("kind", "words"), TABLES)
def test_every_value_has_its_words(kind, words):
    check_whole_and_in_order(kind, words)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_they_are_said_in_french(app):
    for _kind, words in TABLES:
        check_said_in_french(app, words)
