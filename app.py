"""The one module that knows every feature: `create_app()` puts the house together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import Migrate
from werkzeug.middleware.proxy_fix import ProxyFix

import config
import equipment.models  # noqa: F401  All tables are known before the first request.
import jobs
import mediation.models  # noqa: F401  the same
import vouchers.models  # noqa: F401  the same
import workshops.models  # noqa: F401  the same
from accounts import views as accounts
from agenda import views as agenda
from demo import commands as demo
from equipment.views.borrowing import bp as borrowing
from equipment.views.feeds import bp as kit_feeds
from equipment.views.handing import bp as handing
from equipment.views.imports import bp as kit_imports
from equipment.views.kits import bp as kits
from equipment.views.lending import bp as lending
from equipment.views.papers import bp as kit_papers
from equipment.views.stock import bp as stock
from equipment.views.upkeep import bp as upkeep
from foundation import i18n, logs, pages, security, web
from foundation.db import db, engine_options
from foundation.outbox.views import bp as outbox
from foundation.static import StaticFiles
from mediation.views.booking import bp as booking
from mediation.views.calendars import bp as calendars
from mediation.views.day import bp as day
from mediation.views.desk import bp as desk
from mediation.views.offers import bp as offers
from mediation.views.records import bp as records
from people import views as people
from places import views as places
from places.models import Territory
from reach.views.blanks import bp as blanks
from reach.views.dashboard import bp as reach
from reach.views.exports import bp as exports
from reach.views.neighbourhoods import bp as neighbourhoods
from reach.views.open_data import bp as open_data
from reach.views.public_reports import bp as public_reports
from reach.views.report_schedules import bp as report_schedules
from reach.views.reports import bp as reports
from vouchers.views.campaigns import bp as campaigns
from vouchers.views.card_categories import bp as card_categories
from vouchers.views.card_imports import bp as card_imports
from vouchers.views.cards import bp as cards
from vouchers.views.catalogue import bp as catalogue
from vouchers.views.counter import bp as counter
from vouchers.views.counter import scan_bp as scanned_voucher
from vouchers.views.follow_ups import bp as follow_ups
from vouchers.views.issuing import bp as issuing
from vouchers.views.own_card import bp as own_card
from vouchers.views.partners import bp as partners
from vouchers.views.redemptions import bp as redemptions
from vouchers.views.shop import bp as shop
from vouchers.views.signs import bp as signs
from vouchers.views.statements import bp as statements
from vouchers.views.treasury import bp as treasury
from workshops.views.attendance import bp as attendance
from workshops.views.enrolments import bp as enrolments
from workshops.views.hosts import bp as hosts
from workshops.views.hosts import requests_bp as requests
from workshops.views.papers import bp as papers
from workshops.views.programmes import bp as programmes
from workshops.views.public import bp as open_workshops
from workshops.views.registering import bp as registering
from workshops.views.skills import bp as skills

ROOT = Path(__file__).resolve().parent


def create_app(settings: config.Settings | None = None, **overrides: Any) -> Flask:
    """Build the application.

    Args:
        settings: how this deployment runs; read from the environment by default.
        overrides: Flask configuration that tests change, e.g. `TESTING=True`.
    """
    settings = settings or config.load()
    logs.configure()
    app = Flask("parvis", root_path=str(ROOT))
    app.config.from_mapping(_flask_configuration(settings) | overrides)
    app.extensions["settings"] = settings
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    db.init_app(app)
    Migrate(app, db, directory=str(ROOT / "migrations"))
    i18n.init_app(app)
    pages.init_app(app, territory=lambda: db.session.get(Territory, 1))
    _open_rooms(app)
    security.init_app(app)
    web.init_app(app)
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]
    app.wsgi_app = StaticFiles(app.wsgi_app, ROOT / "static")  # type: ignore[method-assign]
    return app


def _flask_configuration(settings: config.Settings) -> dict[str, Any]:
    return {
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(settings.database_url),
        "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "translations"),
        "TIMEZONE": settings.timezone,
        "BASE_URL": settings.base_url,
        "FEEDS_FROM_PRIVATE_ADDRESSES": settings.feeds_from_private_addresses,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "WTF_CSRF_TIME_LIMIT": 12 * 3600,
    }


ROOMS = (
    attendance,
    blanks,
    booking,
    borrowing,
    calendars,
    campaigns,
    card_categories,
    card_imports,
    cards,
    catalogue,
    counter,
    day,
    desk,
    enrolments,
    exports,
    follow_ups,
    handing,
    hosts,
    issuing,
    kit_feeds,
    kit_imports,
    kit_papers,
    kits,
    lending,
    neighbourhoods,
    offers,
    open_data,
    open_workshops,
    outbox,
    own_card,
    papers,
    partners,
    programmes,
    public_reports,
    reach,
    records,
    redemptions,
    registering,
    report_schedules,
    reports,
    requests,
    scanned_voucher,
    shop,
    signs,
    skills,
    statements,
    stock,
    treasury,
    upkeep,
)
"""The pages of all features, by the name of their blueprint here."""


def _open_rooms(app: Flask) -> None:
    """Register the pages and commands of every feature."""
    agenda.init_app(app)
    accounts.init_app(app)
    people.init_app(app)
    places.init_app(app)
    for room in ROOMS:
        app.register_blueprint(room)
    app.cli.add_command(demo.group)
    app.cli.add_command(jobs.group)
