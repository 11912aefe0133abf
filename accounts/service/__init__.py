"""What can be done with accounts; other packages enter here."""

from __future__ import annotations

from accounts.rules.lifetimes import LinkSpent
from accounts.rules.scope import NotInYourStructure
from accounts.rules.throttle import TooManyTries
from accounts.service.links import follow_link, make_link, request_reset, set_password
from accounts.service.retention import tidy
from accounts.service.sessions import is_stale, keep_alive, open_session, revoke, revoke_all, session_of, sign_out
from accounts.service.signing_in import (
    WrongCredentials,
    WrongPassword,
    change_password,
    check_credentials,
    count_try,
    sign_in,
)
from accounts.service.staff import Details, EmailTaken, close_account, create_account, edit_account, reopen_account
from accounts.service.tries import count_guess, count_guess_of, take_back_guess, take_back_guess_of

__all__ = [
    "Details",
    "EmailTaken",
    "LinkSpent",
    "NotInYourStructure",
    "TooManyTries",
    "WrongCredentials",
    "WrongPassword",
    "change_password",
    "check_credentials",
    "close_account",
    "count_guess",
    "count_guess_of",
    "count_try",
    "create_account",
    "edit_account",
    "follow_link",
    "is_stale",
    "keep_alive",
    "make_link",
    "open_session",
    "reopen_account",
    "request_reset",
    "revoke",
    "revoke_all",
    "session_of",
    "set_password",
    "sign_in",
    "sign_out",
    "take_back_guess",
    "take_back_guess_of",
    "tidy",
]
