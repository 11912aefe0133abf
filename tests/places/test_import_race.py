"""Two people import the same file at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from foundation.db import db, in_transaction
from places import service
from places.importing.report import Report
from places.models import Venue
from places.service.merging import ImportedMeanwhileError
from tests.places.files import TODAY, line, venues_file


def test_nothing_doubles_and_nobody_sees_an_error_of_the_database(app):
    file = venues_file(*(line(f"v{number}") for number in range(40)))
    both = Barrier(2)

    def run(_worker: int) -> Report | ImportedMeanwhileError:
        with app.app_context():
            both.wait()
            try:
                return in_transaction(lambda: service.import_venues(file, "", TODAY))
            except ImportedMeanwhileError as refused:
                return refused
            finally:
                db.session.remove()

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(run, range(2)))
    reports = [one for one in outcomes if isinstance(one, Report)]
    assert sorted(one.created for one in reports)[-1] == 40
    assert sum(one.created for one in reports) == 40
    assert db.session.query(Venue).count() == 40
