"""Vouchers, what contacts were about, and what came of them, in words."""

from __future__ import annotations

from foundation.i18n import _l
from reach.rules.indicators.indicator import Indicator, Source, Unit

OUTCOMES = (
    Indicator(
        key="device_vouchers",
        label=_l("Device vouchers"),
        definition=_l("Vouchers for a device handed over, and vouchers used, in the period."),
        counts=_l("Each on the day it first happened. A voucher that replaces a lost one is the same voucher."),
        does_not_count=_l("Vouchers issued but not handed over, and payments that were reversed."),
        records=Source.VOUCHERS,
        unit=Unit.VOUCHERS,
    ),
    Indicator(
        key="training_vouchers",
        label=_l("Training vouchers"),
        definition=_l("Vouchers for training handed over, and vouchers used, in the period."),
        counts=_l("Each on the day it first happened. A voucher is used from its first unit on."),
        does_not_count=_l("Vouchers issued but not handed over, and payments that were reversed."),
        records=Source.VOUCHERS,
        unit=Unit.VOUCHERS,
    ),
    Indicator(
        key="euros",
        label=_l("Euros spent with vouchers"),
        definition=_l("What was paid with vouchers in the period."),
        counts=_l("Each payment on its day, to the cent."),
        does_not_count=_l("Payments reversed since, what people paid themselves, and amounts promised but not spent."),
        records=Source.VOUCHERS,
        unit=Unit.EUROS,
    ),
    Indicator(
        key="themes",
        label=_l("Themes"),
        definition=_l("What contacts were about."),
        counts=_l(
            "Each theme of a record. One with two themes is in both lines, so the lines add up to more than the total."
        ),
        does_not_count=_l("Topics that were discussed but not ticked."),
        records=Source.RECORDS,
        unit=Unit.CONTACTS,
    ),
    Indicator(
        key="procedures",
        label=_l("Administrative procedures"),
        definition=_l("The procedures with which people were helped."),
        counts=_l("Each procedure of a record whose theme is help with administrative procedures."),
        does_not_count=_l("Whether the procedure was completed: nobody records that."),
        records=Source.RECORDS,
        unit=Unit.CONTACTS,
    ),
    Indicator(
        key="autonomy",
        label=_l("Autonomy"),
        definition=_l("How much help people needed at their first and at their last contact."),
        counts=_l("People with at least two individual records in which autonomy was noted."),
        does_not_count=_l("Groups, and people for whom it was noted only once."),
        records=Source.RECORDS,
        unit=Unit.SHARE,
    ),
    Indicator(
        key="progress",
        label=_l("Progress in workshops"),
        definition=_l(
            "How much people's own assessment changed between the beginning and the end of a programme, on "
            "a scale from 1 to 4."
        ),
        counts=_l("People who answered both times."),
        does_not_count=_l("Answers on paper without a name, and people who answered only once."),
        records=Source.ASSESSMENTS,
        unit=Unit.POINTS,
    ),
    Indicator(
        key="referrals",
        label=_l("Referrals"),
        definition=_l(
            "Where people were referred to and what came of it; and how many came of those sent here by prescribers."
        ),
        counts=_l(
            "Each referral in a record; the outcome of those of one person known by name, as noted last, "
            "whenever that was; appointments booked by a prescriber."
        ),
        does_not_count=_l(
            "The outcome of referrals of groups and of people not known by name: nobody follows them up. "
            "What is not noted is shown as such."
        ),
        records=Source.RECORDS,
        unit=Unit.CONTACTS,
    ),
    Indicator(
        key="satisfaction",
        label=_l("It helped fully"),
        definition=_l(
            "Share of “yes, fully” among the answers to a single question, asked on the resident's own "
            "page: whether this appointment, or this session, helped."
        ),
        counts=_l(
            "Answers from people known by name, given within 30 days and counted on the day of the "
            "appointment or session, including those said aloud and noted. A guardian answers for each "
            "child who was there."
        ),
        does_not_count=_l(
            "People who did not answer, and groups. With fewer than 11 answers no share is shown; mediators"
            " see their own by whole quarter, 30 days after it ends."
        ),
        records=Source.ANSWERS,
        unit=Unit.SHARE,
    ),
    Indicator(
        key="still_used",
        label=_l("Devices still in use"),
        definition=_l("What buyers answer, about three months later, when asked whether they use the device."),
        counts=_l("Devices for which the question was due in the period. No answer is shown as no answer."),
        does_not_count=_l("Whether appointments and workshops helped: that is another question."),
        records=Source.VOUCHERS,
        unit=Unit.SHARE,
    ),
)
