"""Cards on the pages of the team: found, given, renewed, stopped; and who may do what."""

from __future__ import annotations

import pytest

from foundation.db import db, transaction
from foundation.i18n import in_language
from people.service import erase
from tests.cast import TODAY, sign_in
from tests.counting import statements
from tests.vouchers.carded import PAGE, given, happened, how_many, newest, resident, text
from tests.vouchers.given import DEVICE, YEAR_END, act, amounts, campaign, card, category, fresh, issued
from vouchers.models import Card, CardCategory, CardEventKind, CardState
from vouchers.rules.card_labels import CARD_EVENTS, CARD_STATES
from vouchers.rules.eligibility import Claim
from vouchers.service import cards, issuing

pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def desk(client, cast):
    """The prescriber's browser."""
    return sign_in(client, cast.prescriber)


@pytest.fixture
def jeanne(cast):
    return card(cast, resident(), former_number="CCAS-0042")


class TestFinding:
    @pytest.mark.parametrize("typed", ["CCAS-0042", "kerlaz", "jeanne 1957"])
    def test_by_name_year_or_number_of_the_ccas(self, desk, jeanne, typed):
        page = text(desk.get(PAGE, query_string={"q": typed}))
        assert f'href="{PAGE}/{jeanne.id}"' in page
        assert "Kerlaz Jeanne" in page

    @pytest.mark.parametrize("shape", ["{}", "http://parvis.test/c/{}", "https://ville.example/c/{}/"])
    def test_a_number_typed_or_scanned_opens_the_card_at_once(self, desk, jeanne, shape):
        answer = desk.get(PAGE, query_string={"q": shape.format(jeanne.number.lower())})
        assert answer.headers["Location"] == f"{PAGE}/{jeanne.id}"

    def test_who_has_no_card_is_found_too_and_can_be_given_one(self, desk):
        who = resident()
        assert f"nouvelle?habitant={who}" in text(desk.get(PAGE, query_string={"q": "kerlaz"}))

    def test_who_has_one_is_offered_none(self, desk, jeanne):
        assert "nouvelle?habitant" not in text(desk.get(PAGE, query_string={"q": "kerlaz"}))

    def test_a_mediator_finds_and_gives_none(self, client, cast):
        resident()
        page = text(sign_in(client, cast.mediator).get(PAGE, query_string={"q": "kerlaz"}))
        assert "Kerlaz Jeanne" in page
        assert "nouvelle?habitant" not in page

    def test_nobody_fits(self, desk):
        assert "Aucune personne trouvée" in text(desk.get(PAGE, query_string={"q": "zzzz"}))

    def test_without_a_search_stand_those_that_end_soon_the_first_to_end_first(self, desk, cast):
        late = card(cast, valid_until=TODAY.replace(day=9))
        soon = card(cast, valid_until=TODAY.replace(month=4))
        far = card(cast, valid_until=YEAR_END)
        page = text(desk.get(PAGE))
        assert page.index(f"{PAGE}/{late.id}") < page.index(f"{PAGE}/{soon.id}")
        assert f'{PAGE}/{far.id}"' not in page
        assert "À renouveler" in page

    @pytest.mark.parametrize(("view", "verb"), [("suspendues", cards.suspend), ("perdues", cards.lose)])
    def test_lists_of_those_that_wait(self, desk, cast, jeanne, view, verb):
        more = ("à revoir",) if verb is cards.suspend else ()
        act(verb, jeanne.id, *more, by=cast.ids["manager"])
        assert f"{PAGE}/{jeanne.id}" in text(desk.get(PAGE, query_string={"vue": view}))
        assert f"{PAGE}/{jeanne.id}" not in text(desk.get(PAGE))

    def test_ten_times_as_many_cards_ask_no_more_statements(self, desk, cast):
        def asked() -> int:
            with statements() as sent:
                desk.get(PAGE)
            return len(sent)

        card(cast, valid_until=TODAY)
        few = asked()
        for _number in range(9):
            card(cast, valid_until=TODAY)
        assert asked() == few

    @pytest.mark.parametrize("role", ["host", "partner"])
    def test_is_not_for_others(self, client, cast, jeanne, role):
        visitor = sign_in(client, getattr(cast, role))
        for path in (PAGE, f"{PAGE}/{jeanne.id}", f"{PAGE}/{jeanne.id}/carte.pdf", f"{PAGE}/import"):
            assert visitor.get(path).status_code == 403


class TestGiving:
    def test_the_card_says_who_saw_the_proof_and_when_and_nothing_of_the_proof(self, desk, cast):
        answer = given(desk, household="F 12", former_number="CCAS-1")
        made = newest()
        assert answer.headers["Location"] == f"{PAGE}/{made.id}"
        assert (made.state, made.valid_until, made.household) == (CardState.LIVE, YEAR_END, "F 12")
        assert (made.proof_seen_by_id, made.proof_seen_on) == (cast.ids["prescriber"], TODAY)
        assert happened(made.id) == [CardEventKind.CREATED]
        assert "Vu par Odile Marchand le mardi 10 mars 2026" in text(desk.get(answer.headers["Location"]))

    @pytest.mark.parametrize("since", [None, cards.lose, cards.end])
    def test_a_number_of_the_ccas_is_given_to_nobody_else_even_after_the_card(self, desk, cast, since):
        first = card(cast, former_number="CCAS-0042")
        if since:
            act(since, first.id, *(["fin"] if since is cards.end else []), by=cast.ids["manager"])
        answer = given(desk, former_number=" CCAS-0042 ")
        assert answer.status_code == 409
        page = text(answer)
        assert "Ce numéro est sur la carte de quelqu’un d’autre" in page
        assert 'aria-invalid="true"' in page
        assert first.number not in page
        assert newest().id == first.id

    def test_the_same_person_keeps_their_number_on_the_next_card(self, desk, cast):
        who = resident()
        first = card(cast, who, former_number="CCAS-0042")
        act(cards.end, first.id, "fin", by=cast.ids["manager"])
        second = card(cast, who, former_number="CCAS-0042")
        third = act(cards.replace, second.id, by=cast.ids["manager"])
        assert third.former_number == "CCAS-0042"

    def test_that_nobody_saw_the_proof_yet_is_said_on_purpose(self, desk):
        given(desk, proof_seen="", proof_missing="y")
        assert (newest().proof_seen_by_id, newest().proof_seen_on) == (None, None)

    @pytest.mark.parametrize("ticks", [("", ""), ("y", "y")])
    def test_whether_it_was_seen_is_not_left_open(self, desk, ticks):
        answer = given(desk, **dict(zip(("proof_seen", "proof_missing"), ticks, strict=True)))
        assert answer.status_code == 422
        assert 'id="proof_seen-fault"' in text(answer)
        assert how_many() == 0

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"valid_until": "2026-03-09"}, "valid_until"),
            ({"valid_until": "2030-01-01"}, "valid_until"),
            ({"valid_until": ""}, "valid_until"),
            ({"proof_seen_on": "2026-03-11"}, "proof_seen_on"),
            ({"category": "999"}, "category"),
            ({"household": "x" * 41}, "household"),
            ({"household": "2 69 05 49 588 157 80"}, "household"),
            ({"household": "269054958815780"}, "household"),
            ({"former_number": "FR7630006000011234567890189"}, "former_number"),
        ],
    )
    def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_written(self, desk, wrong, field):
        answer = given(desk, **wrong)
        assert answer.status_code == 422
        assert f'id="{field}-fault"' in text(answer)
        assert how_many() == 0

    def test_pressed_twice_there_is_one_card_and_the_second_press_leads_to_it(self, desk):
        who = resident()
        given(desk, person_id=who)
        answer = given(desk, person_id=who)
        assert how_many() == 1
        assert desk.get(answer.headers["Location"]).headers["Location"] == f"{PAGE}/{newest().id}"

    @pytest.mark.parametrize("who", ["999999", "abc", "-1"])
    def test_to_nobody(self, desk, who):
        category()
        assert desk.get(f"{PAGE}/nouvelle?habitant={who}").status_code == 404
        assert given(desk, person_id=who).status_code == 404

    def test_with_nobody_chosen_the_search_comes_first(self, desk):
        assert desk.get(f"{PAGE}/nouvelle").headers["Location"] == PAGE

    def test_without_categories_the_page_says_so(self, desk):
        assert "pas encore de catégorie" in text(desk.get(f"{PAGE}/nouvelle?habitant={resident()}"))

    def test_a_category_at_rest_is_not_offered_and_refused(self, desk):
        rested = category("Ancienne")
        with transaction():
            db.session.get_one(CardCategory, rested).active = False
        assert "Ancienne" not in text(desk.get(f"{PAGE}/nouvelle?habitant={resident()}"))
        assert given(desk, category=str(rested)).status_code == 422

    def test_is_not_for_a_mediator(self, client, cast):
        assert given(sign_in(client, cast.mediator)).status_code == 403
        assert how_many() == 0


class TestOne:
    def test_what_is_left_and_what_happened(self, desk, cast, jeanne):
        issued(cast, campaign(cast).id, jeanne.id)
        page = text(desk.get(f"{PAGE}/{jeanne.id}"))
        assert DEVICE.title in page
        assert "100,00 €" in page
        assert "Carte donnée" in page
        assert "CCAS-0042" in page

    def test_the_vouchers_of_another_structure_do_not_show(self, desk, cast, jeanne):
        theirs = campaign(cast, structure_id=cast.ids["association"])
        act(issuing.issue, theirs.id, jeanne.id, Claim(), by=cast.ids["manager"])
        assert DEVICE.title not in text(desk.get(f"{PAGE}/{jeanne.id}"))
        assert DEVICE.title in text(sign_in(desk, cast.manager).get(f"{PAGE}/{jeanne.id}"))

    def test_there_is_none(self, desk):
        assert desk.get(f"{PAGE}/999").status_code == 404

    def test_of_somebody_forgotten_nothing_is_left_and_it_has_ended(self, client, cast, jeanne):
        person_id = jeanne.person_id
        with transaction():
            erase(person_id, cast.ids["manager"])
        page = text(sign_in(client, cast.manager).get(f"{PAGE}/{jeanne.id}"))
        assert "Personne effacée" in page
        assert "Finie" in page
        assert "CCAS-0042" not in page

    def test_the_page_of_its_holder_tells_of_it_and_leads_there(self, client, cast, jeanne):
        page = text(sign_in(client, cast.manager).get(f"/equipe/habitants/{jeanne.person_id}"))
        assert page.count(f"{PAGE}/{jeanne.id}") == 2
        assert "Carte donnée" in page

    def test_the_page_of_who_has_none_offers_one_to_those_who_give(self, client, cast):
        who = resident()
        assert f"{PAGE}/nouvelle?habitant={who}" in text(sign_in(client, cast.manager).get(f"/equipe/habitants/{who}"))
        assert f"{PAGE}/nouvelle" not in text(sign_in(client, cast.mediator).get(f"/equipe/habitants/{who}"))


class TestRenewing:
    def data(self, **more: str) -> dict[str, str]:
        return {"category": str(category()), "valid_until": "2027-06-30", "proof_seen_on": "2026-03-10"} | more

    def test_more_time_the_same_number_and_the_proof_seen_again(self, desk, cast, jeanne):
        number = jeanne.number
        assert "value=" in text(desk.get(f"{PAGE}/{jeanne.id}/renouveler"))
        desk.post(f"{PAGE}/{jeanne.id}/renouveler", data=self.data(proof_seen="y"))
        after = fresh(Card, jeanne.id)
        assert (after.number, str(after.valid_until)) == (number, "2027-06-30")
        assert after.proof_seen_by_id == cast.ids["prescriber"]
        assert happened(jeanne.id)[-1] is CardEventKind.RENEWED

    def test_a_category_at_rest_stays_with_the_card_that_has_it(self, desk, jeanne):
        with transaction():
            db.session.get_one(CardCategory, jeanne.category_id).active = False
        assert desk.post(f"{PAGE}/{jeanne.id}/renouveler", data=self.data()).status_code == 303

    @pytest.mark.parametrize("until", ["2026-03-09", "2031-01-01", "", "31/02"])
    def test_for_no_time_or_too_much(self, desk, jeanne, until):
        answer = desk.post(f"{PAGE}/{jeanne.id}/renouveler", data=self.data(valid_until=until))
        assert answer.status_code == 422
        assert fresh(Card, jeanne.id).valid_until == YEAR_END

    def test_not_when_it_was_lost(self, desk, cast, jeanne):
        act(cards.lose, jeanne.id, by=cast.ids["manager"])
        answer = desk.get(f"{PAGE}/{jeanne.id}/renouveler")
        assert answer.status_code == 409
        assert "plus rapide" not in text(answer)
        assert desk.post(f"{PAGE}/{jeanne.id}/renouveler", data=self.data()).status_code == 409


class TestStopping:
    def test_suspended_for_a_reason_then_it_counts_again(self, desk, jeanne):
        path = f"{PAGE}/{jeanne.id}/suspendre"
        assert desk.post(path, data={"reason": " "}).status_code == 422
        assert desk.post(path, data={"reason": "ressources à revoir"}).status_code == 303
        page = text(desk.get(f"{PAGE}/{jeanne.id}"))
        assert "ressources à revoir" in page
        assert "Rien ne peut être payé" in page
        desk.post(f"{PAGE}/{jeanne.id}/reprendre")
        assert fresh(Card, jeanne.id).state is CardState.LIVE
        assert happened(jeanne.id)[1:] == [CardEventKind.SUSPENDED, CardEventKind.RESUMED]

    def test_a_reason_holds_nothing_that_is_not_to_be_kept(self, desk, jeanne):
        answer = desk.post(f"{PAGE}/{jeanne.id}/suspendre", data={"reason": "NIR 2 57 03 99 001 001 29"})
        assert answer.status_code == 422
        assert fresh(Card, jeanne.id).state is CardState.LIVE

    def test_a_mediator_declares_it_lost_and_replaces_it_and_the_balance_follows(self, client, cast, jeanne):
        voucher = issued(cast, campaign(cast).id, jeanne.id)
        mediator = sign_in(client, cast.mediator)
        mediator.post(f"{PAGE}/{jeanne.id}/perdue", data={"reason": ""})
        assert fresh(Card, jeanne.id).state is CardState.LOST
        answer = mediator.post(f"{PAGE}/{jeanne.id}/remplacer", data={"reason": ""})
        new = newest()
        assert answer.headers["Location"] == f"{PAGE}/{new.id}"
        assert new.number != jeanne.number
        assert amounts(voucher.id) == (10_000, 0, 0, 0)
        assert "100,00 €" in text(mediator.get(f"{PAGE}/{new.id}"))
        old = text(mediator.get(f"{PAGE}/{jeanne.id}"))
        assert f"{PAGE}/{new.id}" in old
        assert "ne marche plus" in old
        assert f"{PAGE}/{jeanne.id}/" not in old

    def test_the_new_card_says_which_one_it_replaces(self, desk, jeanne):
        assert "À la place de la carte" not in text(desk.get(f"{PAGE}/{jeanne.id}"))
        page = text(desk.get(desk.post(f"{PAGE}/{jeanne.id}/remplacer", data={}).headers["Location"]))
        assert "À la place de la carte" in page
        assert f'href="{PAGE}/{jeanne.id}"' in page
        assert f"{jeanne.number[:3]} {jeanne.number[3:6]} {jeanne.number[6:]}" in page

    def test_replaced_twice_there_is_one_new_card(self, desk, jeanne):
        answers = [desk.post(f"{PAGE}/{jeanne.id}/remplacer", data={}) for _press in range(2)]
        assert answers[0].headers["Location"] == answers[1].headers["Location"]
        assert how_many() == 2

    def test_ended_it_is_over(self, desk, jeanne):
        desk.post(f"{PAGE}/{jeanne.id}/terminer", data={"reason": "a déménagé"})
        assert fresh(Card, jeanne.id).state is CardState.ENDED
        for what in ("suspendre", "perdue", "remplacer", "terminer"):
            assert desk.get(f"{PAGE}/{jeanne.id}/{what}").status_code == 409

    def test_what_is_lost_with_its_end_is_said_before(self, desk, cast, jeanne):
        assert "est annulé" not in text(desk.get(f"{PAGE}/{jeanne.id}/terminer"))
        voucher = issued(cast, campaign(cast).id, jeanne.id)
        said = "1 chèque de cette carte est annulé : les 100,00 € qui restent reviennent au budget."
        assert said in text(desk.get(f"{PAGE}/{jeanne.id}/terminer"))
        assert "est annulé" not in text(desk.get(f"{PAGE}/{jeanne.id}/suspendre"))
        desk.post(f"{PAGE}/{jeanne.id}/terminer", data={"reason": "a déménagé"})
        assert amounts(voucher.id) == (0, 0, 10_000, 0)

    @pytest.mark.parametrize("what", ["suspendre", "terminer"])
    def test_a_mediator_neither_suspends_nor_ends(self, client, cast, jeanne, what):
        mediator = sign_in(client, cast.mediator)
        assert mediator.get(f"{PAGE}/{jeanne.id}/{what}").status_code == 403
        assert mediator.post(f"{PAGE}/{jeanne.id}/{what}", data={"reason": "non"}).status_code == 403
        assert mediator.post(f"{PAGE}/{jeanne.id}/reprendre").status_code == 403
        assert fresh(Card, jeanne.id).state is CardState.LIVE


class TestScanning:
    def test_the_team_is_led_to_the_card(self, desk, jeanne):
        assert desk.get(f"/c/{jeanne.number}").headers["Location"] == f"{PAGE}/{jeanne.id}"

    @pytest.mark.parametrize("role", [None, "host"])
    def test_others_but_a_shop_are_asked_for_a_year_and_learn_nothing(self, client, cast, jeanne, role):
        visitor = sign_in(client, getattr(cast, role)) if role else client
        number = jeanne.number
        with statements() as sent:
            answer = visitor.get(f"/c/{number}")
        assert answer.headers["Location"] == f"/ma-carte?numero={number}"
        assert not [one for one in sent if "FROM card" in one]

    @pytest.mark.parametrize("number", ["AAAAAAAAA", "x", "2" * 300])
    def test_what_is_no_number_is_no_page(self, client, number):
        assert client.get(f"/c/{number}").status_code == 404

    def test_a_number_of_no_card(self, desk):
        assert desk.get("/c/222222222").status_code == 404


@pytest.mark.parametrize(("kind", "words"), [(CardState, CARD_STATES), (CardEventKind, CARD_EVENTS)])
def test_each_state_and_event_has_its_word(app, kind, words):
    assert list(words) == list(kind)
    with app.test_request_context(), in_language("fr"):
        assert all(str(one) for one in words.values())


def test_where_there_are_several_categories_none_is_chosen_for_the_reader(desk):
    category(), category("Étudiants")
    assert "Choisir…" in text(desk.get(f"{PAGE}/nouvelle?habitant={resident()}"))
    assert given(desk, category="0").status_code == 422
    assert how_many() == 0


class TestTheProofLater:
    @pytest.fixture
    def unproved(self, desk):
        given(desk, proof_seen="", proof_missing="y")
        return newest()

    def test_the_card_is_listed_until_somebody_notes_it(self, desk, cast, unproved):
        view, page = f"{PAGE}?vue=sans-justificatif", f"{PAGE}/{unproved.id}"
        assert f'href="{page}"' in text(desk.get(view))
        assert "Justificatif pas encore vu (1)" in text(desk.get(PAGE))
        for _press in "ab":
            assert desk.post(f"{page}/justificatif").location == page
        made = newest()
        assert (made.proof_seen_by_id, made.proof_seen_on) == (cast.ids["prescriber"], TODAY)
        assert happened(made.id) == [CardEventKind.CREATED, CardEventKind.PROOF_SEEN]
        assert f'href="{page}"' not in text(desk.get(view))
        assert f"{page}/justificatif" not in text(desk.get(page))

    def test_of_a_card_that_is_over_nobody_notes_it(self, desk, cast, unproved):
        act(cards.end, unproved.id, "fin", by=cast.ids["manager"])
        assert desk.post(f"{PAGE}/{unproved.id}/justificatif").status_code == 409
        assert f'href="{PAGE}/{unproved.id}"' not in text(desk.get(f"{PAGE}?vue=sans-justificatif"))

    def test_is_not_for_a_mediator(self, client, cast, unproved):
        page = f"{PAGE}/{unproved.id}"
        assert "justificatif aujourd" not in text(sign_in(client, cast.mediator).get(page))
        assert client.post(f"{page}/justificatif").status_code == 403
