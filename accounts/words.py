"""What roles are called on pages."""

from __future__ import annotations

from foundation.i18n import _l
from foundation.security import Role

ROLES = {
    Role.MEDIATOR: _l("Digital mediator"),
    Role.PRESCRIBER: _l("Prescriber"),
    Role.HOST: _l("Host"),
    Role.PARTNER: _l("Partner"),
    Role.MANAGER: _l("Manager"),
    Role.ADMINISTRATOR: _l("Administrator"),
}
EXPLAINED = {
    Role.MEDIATOR: _l("Sees people, writes records, leads workshops."),
    Role.PRESCRIBER: _l("Books for somebody; never reads notes."),
    Role.HOST: _l("Reserves kits and asks for workshops at their place."),
    Role.PARTNER: _l("Takes vouchers at the counter."),
    Role.MANAGER: _l("Plans, counts, sets budgets and exports."),
    Role.ADMINISTRATOR: _l("Opens accounts, sets structures and services."),
}
