"""Translations: French whole, Arabic whole for all that residents see, every message as its original asks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatch

import pytest
from babel.messages.catalog import Catalog, Message

from scripts.messages import extracted, is_translated, said
from scripts.translations import LOCALES, read

RESIDENTS_SEE = (
    "foundation/*",
    "templates/layout.html",
    "templates/menu.html",
    "templates/problem.html",
    "templates/slip.html",
    "templates/activity/*",
    "templates/macros/*",
    "templates/booking/*",
    "templates/messages/*",
    "templates/places/public/*",
    "templates/people/privacy.html",
    "privacy/*",
    "templates/accounts/sign_in.html",
    "accounts/views/signing_in.py",
    "activity/rules/satisfaction.py",
    "activity/service/satisfaction.py",
    "mediation/forms/booking*",
    "mediation/views/booking/*",
    "mediation/rules/booking.py",
    "mediation/service/booking.py",
    "mediation/service/notices.py",
    "mediation/service/wording.py",
    "places/views/presenting.py",
    "vouchers/service/follow_ups.py",
    "vouchers/service/reminding.py",
    "vouchers/views/issuing/paper.py",
    "workshops/rules/public.py",
    "workshops/views/public/*",
    "templates/workshops/public/*",
    "reach/rules/periods.py",
    "reach/rules/publishing.py",
    "reach/views/neighbourhoods.py",
    "reach/queries/public_places.py",
    "templates/reach/public/*",
    "templates/equipment/kits/found.html",
    "templates/workshops/registering/*",
    "templates/workshops/skills/mine.html",
    "templates/workshops/skills/of_registration.html",
    "templates/workshops/skills/whose.html",
    "templates/vouchers/counter/scanned.html",
    "templates/vouchers/follow_ups/question.html",
    "templates/vouchers/own/*",
    "templates/vouchers/shop/*",
    "vouchers/forms/own_card.py",
    "vouchers/rules/codes.py",
    "vouchers/rules/follow_ups.py",
    "vouchers/rules/own_card.py",
    "vouchers/views/cards/letter_drawn.py",
    "vouchers/views/own_card/*",
    "vouchers/views/shop.py",
    "workshops/forms/registering.py",
    "workshops/rules/paying.py",
    "workshops/rules/refusals.py",
    "workshops/rules/skill_sets.py",
    "workshops/rules/skills.py",
    "workshops/rules/waiting.py",
    "workshops/service/notices.py",
    "workshops/service/seats.py",
    "workshops/service/wording.py",
    "workshops/views/papers/blueprint.py",
    "workshops/views/papers/certificate.py",
    "workshops/views/registering/*",
)
SENT = ("templates/messages/*", "*/service/notices.py", "*/service/wording.py")
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z0-9]+")


def test_no_sentence_is_also_the_singular_of_a_plural():
    """A catalogue holds each once: the other one would stay in English."""
    messages = [message for _file, _line, message, _comments, _context in said()]
    alone = {message for message in messages if isinstance(message, str)}
    assert alone.intersection(message[0] for message in messages if isinstance(message, tuple)) == set()


@pytest.fixture(scope="module")
def wanted() -> Catalog:
    return extracted()


@pytest.fixture(scope="module")
def known() -> dict[str, Catalog]:
    return {locale: read(locale) for locale in LOCALES}


def of_residents(message: Message) -> bool:
    return any(fnmatch(place, pattern) for place, _line in message.locations for pattern in RESIDENTS_SEE)


def missing(wanted: Catalog, catalogue: Catalog) -> Iterator[Message]:
    for message in wanted:
        found = catalogue.get(message.id, message.context) if message.id else None
        if message.id and (found is None or not is_translated(found.string)):
            yield message


def shown(messages: list[Message]) -> str:
    return "\n".join(f"{message.id!r}  {message.locations[0][0]}" for message in messages)


def test_french_is_whole(wanted, known):
    found = list(missing(wanted, known["fr"]))
    assert not found, f"{len(found)} messages without French:\n{shown(found)}"


def test_arabic_is_whole_for_all_that_residents_see(wanted, known):
    found = [message for message in missing(wanted, known["ar"]) if of_residents(message)]
    assert not found, f"{len(found)} messages without Arabic:\n{shown(found)}"


def test_arabic_has_one_word_for_a_voucher(known):
    """Two words on two pages are two things to whoever holds one."""
    assert not [str(one.id) for one in known["ar"] if "شيك" in " ".join(_texts(one.string))]


@pytest.mark.parametrize("locale", LOCALES)
def test_no_translation_is_doubtful_or_left_over(wanted, known, locale):
    catalogue = known[locale]
    assert not catalogue.obsolete
    assert [message.id for message in catalogue if message.fuzzy and message.id] == []
    over = [message.id for message in catalogue if message.id and not wanted.get(message.id, message.context)]
    assert over == []


def _texts(value: str | tuple[str, ...] | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_translation_has_the_placeholders_of_its_original(known, locale):
    """A plural form may leave its number out (one place, two places) but adds and forgets nothing else."""
    for message in known[locale]:
        if not message.id:
            continue
        originals = [set(PLACEHOLDER.findall(text)) for text in _texts(message.id)]
        allowed, needed = set.union(*originals), set.union(*originals)
        if message.pluralizable:
            needed = needed - {"num"}
        for text in filter(None, _texts(message.string)):
            found = set(PLACEHOLDER.findall(text))
            assert needed <= found <= allowed, (locale, message.id, text)
            if allowed:
                assert "%" not in PLACEHOLDER.sub("", text).replace("%%", ""), (locale, message.id, text)


@pytest.mark.parametrize("locale", LOCALES)
def test_each_language_has_all_its_plural_forms(known, locale):
    catalogue = known[locale]
    for message in catalogue:
        if message.pluralizable and any(message.string):
            assert len(message.string) == catalogue.num_plurals, message.id


def is_sent(message: Message | None) -> bool:
    """Whether a text message may carry it: their alphabet has neither fine spaces nor fine apostrophes."""
    return any(fnmatch(place, pattern) for place, _line in message.locations for pattern in SENT) if message else False


def test_french_is_set_as_the_french_set_it(wanted, known):
    """Typographic apostrophes, and a space that does not break before high punctuation."""
    faults = []
    for message in known["fr"]:
        if not message.id or is_sent(wanted.get(message.id)):
            continue
        for text in _texts(message.string):
            straight = re.search(r"\w'\w", text)
            broken = re.search(r"[ ][;:?!»]|« ", text)
            tight = re.search(r"\w[;?!](?:\s|$)", text)
            if straight or broken or tight:
                faults.append(text)
    assert not faults, "\n".join(faults)
