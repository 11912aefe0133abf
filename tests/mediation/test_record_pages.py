"""The pages of activity records: prefilled, saved once, corrected, listed, exported, and shut to others."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import openpyxl
import pytest

from activity.models import ActivityKind, ActivityRecord, Aspect, Autonomy, Theme
from foundation.db import db, in_transaction
from foundation.security import Role
from mediation.models import Attendance
from mediation.service import records
from tests.activity import drafts
from tests.cast import sign_in
from tests.mediation.days import TEN, appointment, at, draft, minutes, planned
from tests.mediation.planning import value_of

NEW = "/equipe/comptes-rendus/nouveau"


@pytest.fixture(autouse=True)
def _ten_o_clock(cast):
    with at(TEN):
        yield


@pytest.fixture
def mediator(client, cast):
    return sign_in(client, cast.mediator)


def written(cast, who="mediator", **more):
    wanted = draft(cast, **more)
    return in_transaction(lambda: records.write(wanted, now=TEN, actor=getattr(cast, who))).id


def text(response):
    return response.get_data(as_text=True)


def sent(cast, **more):
    """What the page of one person sends."""
    return {
        "kind": "individual",
        "length": "45",
        "themes": ["email"],
        "day": "2026-03-10",
        "at": "09:00",
        "channel": "venue",
        "venue_id": cast.ids["library"],
        "service_id": "",
        "person_ids": [cast.ids["resident"]],
        "request_key": "one-form",
    } | more


def ticked(page, name):
    inputs = re.findall(rf'<input(?=[^>]*name="{name}")[^>]*>', page)
    return [re.search(r'value="([^"]+)"', one).group(1) for one in inputs if " checked" in one]


def test_the_form_knows_what_the_appointment_says(mediator, cast):
    id_ = planned(cast)
    page = text(mediator.get(f"{NEW}?rendez_vous={id_}"))
    assert "Jeanne Le Goff" in page
    assert ticked(page, "length") == ["45"]
    assert ticked(page, "themes") == ["device_start"]
    assert 'value="2026-03-10"' in page
    assert 'value="10:00"' in page


def test_a_length_that_is_not_offered_is_kept(mediator, cast):
    page = text(mediator.get(f"{NEW}?rendez_vous={planned(cast, length=20)}"))
    assert ticked(page, "length") == ["other"]
    assert 'value="20"' in page


def test_one_press_writes_it_and_comes_back_to_the_day(mediator, cast):
    id_ = planned(cast)
    mediator.get(f"{NEW}?rendez_vous={id_}")
    response = mediator.post(NEW, data=sent(cast, appointment_id=id_, at="10:00"))
    assert (response.status_code, response.location) == (303, f"/equipe/journee/2026-03-10#rdv-{id_}")
    record = db.session.query(ActivityRecord).one()
    assert (record.reference, record.started_at, record.duration_minutes) == (f"appointment:{id_}", TEN, 45)
    assert appointment(id_).attendance is Attendance.SEEN


def test_a_double_press_writes_once(mediator, cast):
    mediator.get(NEW)
    first, second = (mediator.post(NEW, data=sent(cast)) for _ in range(2))
    assert (first.status_code, first.location) == (second.status_code, second.location)
    assert db.session.query(ActivityRecord).count() == 1


def test_an_appointment_that_has_one_leads_to_it(mediator, cast):
    id_ = planned(cast)
    record_id = written(cast, appointment_id=id_)
    assert mediator.get(f"{NEW}?rendez_vous={id_}").location == f"/equipe/comptes-rendus/{record_id}"
    response = mediator.post(NEW, data=sent(cast, appointment_id=id_, request_key="other"))
    assert (response.status_code, response.location) == (303, f"/equipe/comptes-rendus/{record_id}")
    assert db.session.query(ActivityRecord).count() == 1


def test_save_and_next_goes_on_to_the_next_one(mediator, cast):
    first = planned(cast, TEN - timedelta(days=2), attendance=Attendance.SEEN)
    second = planned(cast, TEN - timedelta(days=1), attendance=Attendance.SEEN)
    mediator.get(f"{NEW}?rendez_vous={first}")
    response = mediator.post(NEW, data=sent(cast, appointment_id=first, day="2026-03-08", act="next"))
    assert response.location == f"{NEW}?rendez_vous={second}"


def test_the_same_as_last_time_is_one_press(mediator, cast):
    written(
        cast,
        themes=frozenset({Theme.WEB, Theme.EMAIL}),
        autonomy=Autonomy.AUTONOMOUS,
        duration_minutes=90,
        note="Pas pour cette fois",
    )
    page = text(mediator.get(f"{NEW}?rendez_vous={planned(cast)}&comme=1"))
    assert (ticked(page, "themes"), ticked(page, "autonomy"), ticked(page, "length")) == (
        ["web", "email"], ["autonomous"], ["90"],
    )  # fmt: skip
    assert "Pas pour cette fois" not in page


def test_procedures_are_dropped_with_their_theme(mediator, cast):
    mediator.get(NEW)
    mediator.post(NEW, data=sent(cast, procedures=["housing"]))
    assert db.session.query(ActivityRecord).one().values(Aspect.PROCEDURE) == []


@pytest.mark.parametrize(
    ("wrong", "at_fault"),
    [
        ({"themes": []}, "themes"),
        ({"note": "Son mdp : tournesol, puis impôts"}, "note"),
        ({"note": "2 84 05 75 116 001 58"}, "note"),
        ({"length": "other", "minutes": ""}, "minutes"),
        ({"length": "other", "minutes": "99999999999999999999"}, "minutes"),
        ({"day": "2027-01-01"}, "day"),
        ({"day": "0001-01-01"}, "day"),
        ({"day": "pas un jour"}, "day"),
        ({"venue_id": ""}, "venue_id"),
        ({"equipment": ["none", "phone"]}, "equipment"),
        ({"note": "x" * 501}, "note"),
    ],
)
def test_a_refusal_stands_beside_its_field_with_all_that_was_typed(mediator, cast, wrong, at_fault):
    mediator.get(NEW)
    response = mediator.post(NEW, data=sent(cast, autonomy="autonomous", **wrong))
    page = text(response)
    assert response.status_code == 422
    assert f'href="#{at_fault}"' in page
    assert ticked(page, "autonomy") == ["autonomous"]
    assert str(wrong.get("note", ""))[:30] in page
    assert db.session.query(ActivityRecord).count() == 0


@pytest.mark.parametrize(
    "wrong",
    [{"kind": "nonsense"}, {"length": ""}, {"themes": ["nonsense"]}, {"channel": "moon"}, {"appointment_id": "9" * 25}],
)
def test_nonsense_is_refused(mediator, cast, wrong):
    mediator.get(NEW)
    assert mediator.post(NEW, data=sent(cast, **wrong)).status_code == 422
    assert db.session.query(ActivityRecord).count() == 0


def test_an_unknown_person_is_a_page_that_says_so(mediator, cast):
    mediator.get(NEW)
    assert mediator.post(NEW, data=sent(cast, person_ids=["987654"])).status_code == 404
    assert mediator.get(f"{NEW}?personne=987654").status_code == 404


def test_people_are_found_added_and_removed_without_losing_what_was_typed(mediator, cast):
    mediator.get(f"{NEW}?groupe=1")
    group = sent(cast, kind="group", person_ids=[], note="Belle séance", anonymous_count="6")
    found = text(mediator.post(NEW, data=group | {"find": "le goff", "act": "find"}))
    assert f'name="add" value="{cast.resident.id}"' in found
    added = text(mediator.post(NEW, data=group | {"find": "le goff", "add": cast.resident.id}))
    assert f'name="person_ids" value="{cast.resident.id}"' in added
    assert "Belle séance" in added
    removed = text(mediator.post(NEW, data=group | {"person_ids": [cast.resident.id], "remove": cast.resident.id}))
    assert 'name="person_ids"' not in removed
    assert db.session.query(ActivityRecord).count() == 0


def test_the_enter_key_in_the_search_searches(mediator, cast):
    mediator.get(f"{NEW}?groupe=1")
    response = mediator.post(NEW, data=sent(cast, kind="group", find="haddad", act="save"))
    assert "Farid Haddad" in text(response)
    assert db.session.query(ActivityRecord).count() == 0


def test_a_group_is_written_with_its_head_count(mediator, cast):
    mediator.get(f"{NEW}?groupe=1")
    more = {"person_ids": [cast.resident.id, cast.neighbour.id], "anonymous_count": "6", "anonymous_feminine": "4"}
    response = mediator.post(NEW, data=sent(cast, kind="group", **more))
    assert response.status_code == 303
    record = db.session.query(ActivityRecord).one()
    assert (record.kind, len(record.participants), record.anonymous_count) == (ActivityKind.GROUP, 2, 6)


def test_somebody_without_a_name_is_counted(mediator, cast):
    page = text(mediator.get(f"{NEW}?anonyme=1&motif={cast.paperwork.id}"))
    assert ticked(page, "themes") == ["procedures"]
    mediator.post(NEW, data=sent(cast, person_ids=[], anonymous_count="1", gender="feminine"))
    record = db.session.query(ActivityRecord).one()
    assert (record.anonymous_count, record.anonymous_feminine, record.participants) == (1, 1, [])


def test_of_one_person_the_gender_is_asked_of_several_two_numbers(mediator, cast):
    one, several = text(mediator.get(f"{NEW}?anonyme=1")), text(mediator.get(f"{NEW}?groupe=1"))
    assert 'name="gender"' in one
    assert "anonymous_feminine" not in one
    assert "anonymous_feminine" in several
    assert 'name="gender"' not in several


@pytest.mark.parametrize("gender", ["feminine", "masculine", "not_communicated"])
def test_the_gender_of_one_person_is_kept_when_the_record_is_corrected(mediator, cast, gender):
    mediator.get(f"{NEW}?anonyme=1")
    mediator.post(NEW, data=sent(cast, person_ids=[], anonymous_count="1", gender=gender))
    record = db.session.query(ActivityRecord).one()
    told = (record.anonymous_feminine, record.anonymous_masculine)
    assert told == (int(gender == "feminine"), int(gender == "masculine"))
    page = text(mediator.get(f"/equipe/comptes-rendus/{record.id}/modifier"))
    assert ticked(page, "gender") == [gender]


def test_a_record_is_shown_with_its_history(mediator, cast):
    id_ = written(cast, note="À revoir")
    mediator.get(f"/equipe/comptes-rendus/{id_}/modifier")
    mediator.post(f"/equipe/comptes-rendus/{id_}/modifier", data=sent(cast, length="90", note="Vu"))
    page = text(mediator.get(f"/equipe/comptes-rendus/{id_}"))
    assert "Vu" in page
    assert page.count("Salima Benali") == 3
    assert db.session.get_one(ActivityRecord, id_).duration_minutes == 90


def test_the_second_of_two_windows_is_told_of_the_first_and_keeps_what_was_typed(mediator, cast):
    id_ = written(cast, note="À revoir")
    address = f"/equipe/comptes-rendus/{id_}/modifier"
    opened = value_of(text(mediator.get(address)), "as_of")
    one, two = sent(cast, length="90", note="Vu", as_of=opened), sent(cast, length="60", note="Autre", as_of=opened)
    with at(TEN + minutes(3)):
        for _press in range(2):
            assert mediator.post(address, data=one).status_code == 303, "the same twice is one"
    with at(TEN + minutes(5)):
        refused = mediator.post(address, data=two)
        page = text(refused)
        assert refused.status_code == 409
        assert "Salima Benali" in page
        assert "Autre" in page
        assert db.session.get_one(ActivityRecord, id_).note == "Vu"
        again = two | {"as_of": value_of(page, "as_of")}
        assert mediator.post(address, data=again).status_code == 303
    db.session.expire_all()
    assert db.session.get_one(ActivityRecord, id_).note == "Autre"


def test_the_form_of_a_record_says_what_is_written(mediator, cast):
    id_ = written(cast, themes=frozenset({Theme.WEB}), note="À revoir", duration_minutes=90)
    page = text(mediator.get(f"/equipe/comptes-rendus/{id_}/modifier"))
    assert ticked(page, "themes") == ["web"]
    assert ticked(page, "length") == ["90"]
    assert "À revoir" in page


def test_a_record_is_withdrawn(mediator, cast):
    id_ = written(cast)
    mediator.get(f"/equipe/comptes-rendus/{id_}")
    assert mediator.post(f"/equipe/comptes-rendus/{id_}/retirer").status_code == 303
    assert mediator.get(f"/equipe/comptes-rendus/{id_}").status_code == 404


def test_an_old_record_can_not_be_changed(mediator, cast):
    id_ = written(cast)
    with at(TEN + timedelta(days=31)):
        sign_in(mediator, cast.mediator)
        assert mediator.get(f"/equipe/comptes-rendus/{id_}/modifier").status_code == 403
        response = mediator.post(f"/equipe/comptes-rendus/{id_}/modifier", data=sent(cast, length="15"))
        assert response.status_code == 403
    assert db.session.get_one(ActivityRecord, id_).duration_minutes == 45


def test_what_waits_is_listed(mediator, cast):
    id_ = planned(cast, TEN - minutes(60), attendance=Attendance.SEEN)
    page = text(mediator.get("/equipe/comptes-rendus/a-ecrire"))
    assert f"{NEW}?rendez_vous={id_}" in page


def test_the_list_is_filtered_by_period_and_theme(mediator, cast):
    written(cast, started_at=TEN - timedelta(days=40), themes=frozenset({Theme.WEB}))
    written(cast, started_at=TEN - timedelta(days=1), themes=frozenset({Theme.EMAIL}))
    written(cast, who="other_mediator")

    def shown(query=""):
        return set(re.findall(r"/equipe/comptes-rendus/(\d+)\"", text(mediator.get(f"/equipe/comptes-rendus{query}"))))

    assert len(shown()) == 2
    assert len(shown("?du=2026-03-01")) == 1
    assert len(shown("?du=2026-03-01&theme=web")) == 0
    assert len(shown("?au=2026-02-28&theme=web")) == 1
    assert len(shown("?du=hier&theme=nonsense&page=99999999999999")) == 0
    assert len(shown("?du=hier&theme=nonsense&page=x&mediateur=9")) == 2
    assert len(shown("?du=0001-01-01&au=9999-12-31")) == 2


def test_the_export_counts_and_names_nobody(mediator, cast):
    written(cast, kind=ActivityKind.GROUP, anonymous_count=3, anonymous_feminine=2, started_at=TEN - timedelta(days=1))
    written(cast, note="Secret de la note")
    response = mediator.get("/equipe/comptes-rendus/export.csv")
    body = text(response)
    assert response.headers["Content-Disposition"] == 'attachment; filename="comptes-rendus.csv"'
    assert "Le Goff" not in body
    assert "Secret" not in body
    rows = list(csv.reader(io.StringIO(body.removeprefix("\ufeff")), delimiter=";"))
    group, alone = (dict(zip(rows[0], row, strict=True)) for row in rows[1:])
    assert [group[name] for name in ("Personnes", "Dont sans nom", "Féminin", "Masculin")] == ["4", "3", "2", "0"]
    assert [alone[name] for name in ("Personnes", "70 ans et plus", "Première fois")] == ["1", "1", "0"]


def test_the_spreadsheet_says_the_same(mediator, cast):
    written(cast)
    body = mediator.get("/equipe/comptes-rendus/export.xlsx").data
    sheet = openpyxl.load_workbook(io.BytesIO(body)).active
    assert (sheet.max_row, sheet.cell(2, 1).value, sheet.cell(2, 3).value) == (2, "2026-03-10", 45)


def test_a_manager_reads_all_and_writes_nothing(client, cast):
    ours, theirs = written(cast), written(cast, who="other_mediator")
    manager = sign_in(client, cast.manager)
    page = text(manager.get("/equipe/comptes-rendus"))
    assert f"/equipe/comptes-rendus/{ours}" in page
    assert f"/equipe/comptes-rendus/{theirs}" in page
    only = text(manager.get(f"/equipe/comptes-rendus?mediateur={cast.mediator.id}"))
    assert f"/equipe/comptes-rendus/{theirs}" not in only
    assert manager.get(f"/equipe/comptes-rendus/{ours}").status_code == 200
    assert manager.get(NEW).status_code == 403
    assert manager.get(f"/equipe/comptes-rendus/{ours}/modifier").status_code == 403


def test_the_list_says_of_a_group_for_what_it_came(mediator, cast):
    drafts.write(cast, kind=ActivityKind.GROUP, person_ids=(), anonymous_count=9, label="Club Scratch")
    assert "Club Scratch · Prise en main" in text(mediator.get("/equipe/comptes-rendus"))


def test_another_structures_record_does_not_exist(client, cast):
    id_ = written(cast)
    other = sign_in(client, cast.other_mediator)
    other.get(NEW)
    assert other.get(f"/equipe/comptes-rendus/{id_}").status_code == 404
    assert other.get(f"/equipe/comptes-rendus/{id_}/modifier").status_code == 404
    assert other.post(f"/equipe/comptes-rendus/{id_}/retirer").status_code == 404
    assert other.get(f"{NEW}?rendez_vous={planned(cast)}").status_code == 404
    assert db.session.query(ActivityRecord).count() == 1


@pytest.mark.parametrize("role", [Role.PRESCRIBER, Role.HOST, Role.PARTNER, Role.ADMINISTRATOR])
def test_other_roles_read_no_record(client, cast, role):
    id_ = written(cast)
    member = sign_in(client, cast.account_of(role))
    for path in ("", "/nouveau", "/a-ecrire", f"/{id_}", f"/{id_}/modifier", "/export.csv"):
        assert member.get(f"/equipe/comptes-rendus{path}").status_code == 403


def test_a_forged_record_is_refused(mediator, cast):
    mediator.get(NEW)
    assert mediator.post(NEW, data=sent(cast), forged=True).status_code == 400
    assert db.session.query(ActivityRecord).count() == 0


def test_the_page_of_a_resident_tells_what_was_done(mediator, cast):
    record_id = written(cast, note="Mot entre nous")
    planned(cast, TEN + timedelta(days=3))
    page = text(mediator.get(f"/equipe/habitants/{cast.resident.id}"))
    assert f"/equipe/comptes-rendus/{record_id}" in page
    assert "Premiers pas" in page
    assert "Mot entre nous" not in page


def test_another_structure_sees_that_it_was_and_opens_nothing(client, cast):
    record_id = written(cast, themes=frozenset({Theme.WEB}))
    other = sign_in(client, cast.other_mediator)
    page = text(other.get(f"/equipe/habitants/{cast.resident.id}"))
    assert "Navigation" in page
    assert f"/equipe/comptes-rendus/{record_id}" not in page


def test_the_page_of_a_resident_leads_to_what_can_be_done_for_them(mediator, cast):
    page = text(mediator.get(f"/equipe/habitants/{cast.resident.id}"))
    assert f"/equipe/accueil?personne={cast.resident.id}" in page
    assert f"/equipe/rendez-vous/nouveau?personne={cast.resident.id}" in page


def test_a_prescriber_is_led_to_booking_only(client, cast):
    page = text(sign_in(client, cast.prescriber).get(f"/equipe/habitants/{cast.resident.id}"))
    assert "/equipe/accueil" not in page
    assert f"/equipe/rendez-vous/nouveau?personne={cast.resident.id}" in page


def test_an_appointment_that_can_be_none_is_refused_in_words(mediator, cast):
    response = mediator.post(NEW, data=sent(cast, appointment_id="abc"))
    assert response.status_code == 422
    assert "invalid literal" not in text(response)
