"""Questions that suit each kind of programme, so that one press is enough; all may be changed afterwards."""

from __future__ import annotations

from typing import Any

from foundation.i18n import _l
from workshops.models import ProgrammeKind

SUGGESTED: dict[ProgrammeKind, list[tuple[str, Any]]] = {
    ProgrammeKind.CODING_CLUB: [
        ("play", _l("Open a project and start it")),
        ("cat", _l("Make a character move")),
        ("loop", _l("Repeat something with a loop")),
        ("bug", _l("Find what does not work, and repair it")),
        ("talk", _l("Show my game and explain it")),
    ],
    ProgrammeKind.CARE_HOME_SERIES: [
        ("tablet", _l("Switch the tablet on and off")),
        ("touch", _l("Open what I want with my finger")),
        ("camera", _l("Take a photograph and look at it again")),
        ("call", _l("Call my family and see them")),
        ("music", _l("Find a song that I like")),
    ],
    ProgrammeKind.ADULT_COURSE: [
        ("mouse", _l("Use the mouse and the keyboard")),
        ("search", _l("Find information on the internet")),
        ("mail", _l("Write an e-mail and answer one")),
        ("form", _l("Fill in a form online")),
        ("lock", _l("Choose a good password and keep it safe")),
    ],
    ProgrammeKind.OPEN_EVENT: [
        ("talk", _l("Talk about screens within the family")),
        ("clock", _l("Agree on times without screens")),
        ("family", _l("Find somebody near home who helps")),
    ],
    ProgrammeKind.PAID_TRAINING: [
        ("folder", _l("Put my files away and find them again")),
        ("keyboard", _l("Write a text and lay it out")),
        ("mail", _l("Send a document with an e-mail")),
        ("form", _l("Do a procedure online on my own behalf")),
        ("lock", _l("Recognise a message that wants to deceive me")),
    ],
}
"""(drawing, what one may be able to do), in order."""
