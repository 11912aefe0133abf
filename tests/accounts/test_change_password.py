"""Changing one's own password."""

from __future__ import annotations

import pytest

from tests.accounts.signing import NEW, is_signed_in, try_to_sign_in
from tests.cast import PASSWORD, sign_in

PAGE = "/equipe/mon-compte/mot-de-passe"


def change(client, present, new):
    client.get("/equipe/mon-compte")
    return client.post(PAGE, data={"present": present, "password": new})


def test_replaces_it_and_ends_the_sessions_elsewhere(cast, client, app):
    elsewhere = sign_in(app.test_client(), cast.mediator)
    sign_in(client, cast.mediator)
    assert change(client, PASSWORD, NEW).status_code == 303
    assert is_signed_in(client)
    assert not is_signed_in(elsewhere)
    assert try_to_sign_in(app.test_client(), cast.mediator.email, NEW).status_code == 303


@pytest.mark.parametrize(
    ("present", "new", "said"),
    [
        ("une autre phrase", NEW, "pas votre mot de passe actuel"),
        (PASSWORD, "trop court", "au moins 15 caractères"),
        (PASSWORD, "salima connait la mer", "ni votre nom"),
        ("", NEW, "Écrivez votre mot de passe actuel"),
        (PASSWORD, "", "Écrivez un nouveau mot de passe"),
    ],
)
def test_says_what_is_wrong_and_changes_nothing(cast, client, present, new, said):
    before = cast.mediator.password_hash
    sign_in(client, cast.mediator)
    response = change(client, present, new)
    assert response.status_code == 422
    assert said in response.get_data(as_text=True)
    assert cast.mediator.password_hash == before


def test_needs_somebody_signed_in(cast, client):
    client.get("/connexion")
    response = client.post(PAGE, data={"present": PASSWORD, "password": NEW})
    assert response.location.startswith("/connexion")


def test_needs_the_token_against_forgery(cast, client):
    sign_in(client, cast.mediator)
    assert client.post(PAGE, data={"present": PASSWORD, "password": NEW}, forged=True).status_code == 400
