"""What happens by itself, and when: each line names a verb; the work is done elsewhere.

A job claims its slot of time before it works, so that two processes never do it twice. Sending claims each message
instead. A process that comes back after a while does what is due at once, because slots, not timers, say what is due.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

import click
import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger
from flask import Flask, current_app
from flask.cli import AppGroup, ScriptInfo

from accounts import service as accounts
from activity.service import retention as activity_retention
from agenda import refreshing
from config import Settings
from equipment.service import lateness
from equipment.service import retention as equipment_retention
from equipment.service import warnings as kit_warnings
from foundation import claims, clock
from foundation.db import db, in_transaction
from foundation.outbox import sending
from foundation.outbox import service as outbox
from foundation.period import at_wall_time
from mediation.service import notices, retention
from people import service as people
from reach.service import exports, publishing, schedules
from vouchers.service import ending, follow_ups, making, statements, tills
from vouchers.service import reminding as voucher_reminders
from workshops.service import reminders as workshop_reminders
from workshops.service import retention as workshop_retention
from workshops.service import waiting

log = structlog.get_logger()
group = AppGroup("jobs", help="What happens by itself: reminders, sending, tidying.")

ROOT = Path(__file__).resolve().parent
NIGHT = time(3)
SECONDS, MINUTE, QUARTER, HALF_HOUR, HOUR = (timedelta(seconds=count) for count in (5, 60, 900, 1800, 3600))
MESSAGES_KEPT, CLAIMS_KEPT, EXPORTS_KEPT = (timedelta(days=count) for count in (90, 30, 7))
ANSWERS_KEPT = timedelta(days=6 * 365 + 2)
"""Six years: what is counted is kept no longer."""

ASKED_EVERY = timedelta(seconds=1)
"""How often a process that is made to work is asked whether it ended, and this one whether it is to end."""

Stopped = Callable[[], bool]


@dataclass(frozen=True)
class Job:
    """One thing to do now and then.

    Attributes:
        act: does it and commits; given a question to ask between two steps, whether the process is to end.
        looks_every: how often the process looks whether it is due.
        slot: the instant that stands for the stretch of time in which it is done once; None: each look may work.
    """

    name: str
    act: Callable[[Stopped], Any]
    looks_every: timedelta
    slot: Callable[[datetime], datetime] | None


def each(length: timedelta) -> Callable[[datetime], datetime]:
    """Once in each `length`, counted from midnight UTC."""

    def slot(now: datetime) -> datetime:
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        return midnight + (now - midnight) // length * length

    return slot


def nightly(now: datetime) -> datetime:
    """Once from three in the morning, on the wall clock, until three the next morning."""
    zone = clock.territory_zone()
    today = now.astimezone(zone).date()
    night = at_wall_time(today, NIGHT, zone)
    return night if night <= now else at_wall_time(today - timedelta(days=1), NIGHT, zone)


def _send(stopped: Stopped) -> None:
    sending.recover_interrupted()
    sending.send_due(stopped=stopped)


def _until_done(verb: Callable[[datetime], int], stopped: Stopped) -> None:
    """A verb that works in batches, one transaction each, until it finds nothing more to do."""
    while not stopped() and in_transaction(lambda: verb(clock.now())):
        pass


def _publish(stopped: Stopped) -> None:
    """Reports are counted outside of any transaction; the verb keeps each in one of its own."""
    while not stopped() and publishing.publish_next(clock.now()):
        pass


def _make_exports(stopped: Stopped) -> None:
    """In a process of its own, which is light and gives its memory back; ended in the middle, it leaves whole parts.

    Raises:
        CalledProcessError: it failed; the next look begins it again.
    """
    waiting = exports.is_any_waiting()
    db.session.rollback()
    if not waiting:
        return
    settings: Settings = current_app.extensions["settings"]
    told = {"DATABASE_URL": settings.database_url, "SECRET_KEY": settings.secret_key, "TIMEZONE": settings.timezone}
    with subprocess.Popen([sys.executable, "-m", "reach.commands"], cwd=ROOT, env=os.environ | told) as process:
        while process.poll() is None:
            if stopped():
                process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(ASKED_EVERY.total_seconds())
    if process.returncode and not stopped():
        raise subprocess.CalledProcessError(process.returncode, "reach.commands")


def _once(verb: Callable[[datetime], int], _stopped: Stopped, kept: timedelta = timedelta()) -> None:
    in_transaction(lambda: verb(clock.now() - kept))


JOBS = {
    job.name: job
    for job in (
        Job("send-messages", _send, SECONDS, None),
        Job("queue-reminders", partial(_until_done, notices.queue_reminders), QUARTER, each(QUARTER)),
        Job("remind-of-workshops", partial(_until_done, workshop_reminders.queue_reminders), QUARTER, each(QUARTER)),
        Job("remind-of-returns", partial(_once, lateness.remind_returns), QUARTER, each(QUARTER)),
        Job("tell-late-loans", partial(_once, lateness.tell_late), QUARTER, each(QUARTER)),
        Job("warn-of-kits", partial(_once, kit_warnings.warn_due), HOUR, each(HOUR)),
        Job("make-vouchers", partial(_until_done, making.make_next), SECONDS, None),
        Job("make-record-exports", _make_exports, SECONDS, None),
        Job("publish-reports", _publish, SECONDS, None),
        Job("send-reports", partial(_until_done, schedules.send_due), MINUTE, None),
        Job("remind-of-vouchers", partial(_until_done, voucher_reminders.queue_reminders), HOUR, each(HOUR)),
        Job("ask-after-devices", partial(_until_done, follow_ups.ask), HOUR, each(HOUR)),
        Job("expire-vouchers", partial(_until_done, lambda now: ending.expire(now=now)), HOUR, nightly),
        Job("give-on-seats", partial(_until_done, waiting.expire), MINUTE, None),
        Job("fetch-calendars", refreshing.refresh_feeds, HALF_HOUR, each(HALF_HOUR)),
        Job("issue-statements", partial(_until_done, statements.issue_due), HOUR, nightly),
        Job("anonymise-idle-people", partial(_until_done, people.anonymise_idle), HOUR, nightly),
        Job("erase-home-addresses", partial(_once, retention.erase_home_addresses), HOUR, nightly),
        Job("erase-child-sheets", partial(_once, workshop_retention.erase_child_sheets), HOUR, nightly),
        Job("forget-addresses-of-tills", partial(_once, tills.forget_addresses), HOUR, nightly),
        Job("erase-loan-names", partial(_once, equipment_retention.erase_names), HOUR, nightly),
        Job("forget-record-exports", partial(_once, exports.forget, kept=EXPORTS_KEPT), HOUR, nightly),
        Job("forget-answers", partial(_once, activity_retention.forget_counted, kept=ANSWERS_KEPT), HOUR, nightly),
        Job("purge-messages", partial(_once, outbox.purge, kept=MESSAGES_KEPT), HOUR, nightly),
        Job("tidy-accounts", partial(_once, accounts.tidy), HOUR, nightly),
        Job("forget-claims", partial(_once, claims.forget, kept=CLAIMS_KEPT), HOUR, nightly),
    )
}


def perform(job: Job, stopped: Stopped = lambda: False, *, again: bool = False) -> bool:
    """Do `job` unless its slot was taken; False when it was.

    Args:
        again: although it was done in this slot.
    """
    if job.slot and not claims.claim(job.name, job.slot(clock.now())) and not again:
        return False
    job.act(stopped)
    return True


def _tick(app: Flask, job: Job, stopped: Stopped) -> None:
    """One look of the scheduler. What goes wrong is logged; the next look comes all the same."""
    with app.app_context():
        try:
            perform(job, stopped)
        except Exception as error:
            log.exception("job failed", job=job.name, kind=type(error).__name__)


def run(app: Flask) -> None:
    """Do all jobs until SIGTERM or SIGINT, then finish the step at hand and return.

    Raises:
        ValueError: SMTP_URL or SMS_URL can not be read; better said now than at each message.
    """
    with app.app_context():
        sending.carriers()
    signals = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    stopping = Event()
    scheduler = BackgroundScheduler(
        timezone="UTC",
        executors={"default": ThreadPoolExecutor(len(JOBS))},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    for job in JOBS.values():
        trigger = IntervalTrigger(seconds=int(job.looks_every.total_seconds()), timezone="UTC")
        scheduler.add_job(_tick, trigger, (app, job, stopping.is_set), next_run_time=clock.now())
    scheduler.start()
    log.info("jobs started", jobs=list(JOBS))
    signal.sigwait(signals)
    stopping.set()
    scheduler.shutdown(wait=True)
    log.info("jobs stopped")


@group.command("run")
def run_command() -> None:
    """Do all jobs, each at its time, until the process is asked to end."""
    run(current_app._get_current_object())  # type: ignore[attr-defined]  # The proxy hides it; threads need the app.


@group.command("run-once")
@click.argument("name", type=click.Choice(list(JOBS)))
@click.option("--again", is_flag=True, help="Although it was done in this slot of time.")
def run_once(name: str, *, again: bool) -> None:
    """Do one job now, for cron or by hand."""
    click.echo("done" if perform(JOBS[name], again=again) else "already done; use --again to do it once more")


if __name__ == "__main__":
    try:
        run(ScriptInfo(app_import_path="app:create_app").load_app())
    except ValueError as error:
        raise SystemExit(str(error)) from error
