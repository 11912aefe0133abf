"""Vouchers, what contacts were about, and what came of them, in words."""

from __future__ import annotations

from foundation.i18n import _l
from reach.rules.indicators.indicator import Indicator, Source, Unit

OUTCOMES = (
    Indicator(
        key="device_vouchers",
        label=_l("Device vouchers"),
        definition=_l("Vouchers for a device handed over, and those used, in the period."),
        counts=_l("Each on the day it happened for the first time; a voucher that replaces a lost one is the same."),
        does_not_count=_l("Vouchers issued and not handed over; payments that were undone."),
        records=Source.VOUCHERS,
        unit=Unit.VOUCHERS,
    ),
    Indicator(
        key="training_vouchers",
        label=_l("Training vouchers"),
        definition=_l("Vouchers for training handed over, and those used, in the period."),
        counts=_l("Each on the day it happened for the first time; used from the first unit on."),
        does_not_count=_l("Vouchers issued and not handed over; payments that were undone."),
        records=Source.VOUCHERS,
        unit=Unit.VOUCHERS,
    ),
    Indicator(
        key="euros",
        label=_l("Euros spent with vouchers"),
        definition=_l("What was paid with vouchers in the period."),
        counts=_l("Each payment on its day, to the cent."),
        does_not_count=_l("Payments undone since, what people paid themselves, and what is promised and not spent."),
        records=Source.VOUCHERS,
        unit=Unit.EUROS,
    ),
    Indicator(
        key="themes",
        label=_l("Themes"),
        definition=_l("What contacts were about."),
        counts=_l("Each theme of a record: one with two themes is in both lines, which add up to more than the total."),
        does_not_count=_l("What was talked about and not ticked."),
        records=Source.RECORDS,
        unit=Unit.CONTACTS,
    ),
    Indicator(
        key="procedures",
        label=_l("Administrative procedures"),
        definition=_l("With which procedures people were helped."),
        counts=_l("Each procedure of a record whose theme is help with administrative procedures."),
        does_not_count=_l("Whether the procedure came to its end: nobody writes that down."),
        records=Source.RECORDS,
        unit=Unit.CONTACTS,
    ),
    Indicator(
        key="autonomy",
        label=_l("Autonomy"),
        definition=_l("How much help people needed at their first and at their last contact."),
        counts=_l("People with two records of one person or more, in which autonomy was told."),
        does_not_count=_l("Groups, and people of whom it was told once."),
        records=Source.RECORDS,
        unit=Unit.SHARE,
    ),
    Indicator(
        key="progress",
        label=_l("Progress in workshops"),
        definition=_l(
            "By how much people's own assessment changed between the beginning and the end of a programme, from 1 to 4."
        ),
        counts=_l("People who answered both times."),
        does_not_count=_l("Answers on paper without a name, and people who answered once."),
        records=Source.ASSESSMENTS,
        unit=Unit.POINTS,
    ),
    Indicator(
        key="referrals",
        label=_l("Referrals"),
        definition=_l(
            "To whom people were sent on, and what came of it; and, of those whom prescribers sent here, how many came."
        ),
        counts=_l(
            "Each referral of a record; what came of those of one person by name, as it was noted last, whenever that "
            "was; appointments that a prescriber booked."
        ),
        does_not_count=_l(
            "What came of referrals of groups and of people without a name: nobody asks. What is not noted is told as "
            "such."
        ),
        records=Source.RECORDS,
        unit=Unit.CONTACTS,
    ),
    Indicator(
        key="satisfaction",
        label=_l("It helped fully"),
        definition=_l(
            "Share of “yes, fully” among the answers to one question, on the resident's own page: whether this "
            "appointment, or this session, helped them."
        ),
        counts=_l(
            "Answers of people by name, given within 30 days, by the day of the appointment or session; also those "
            "said aloud and noted. A guardian answers for each child who was there."
        ),
        does_not_count=_l(
            "Whoever did not answer, and groups. Under 11 answers no share is told; mediators see their own by whole "
            "quarter, 30 days after its end."
        ),
        records=Source.ANSWERS,
        unit=Unit.SHARE,
    ),
    Indicator(
        key="still_used",
        label=_l("Devices still in use"),
        definition=_l("What buyers answer, some three months later, to whether they use the device."),
        counts=_l("Devices of which the question was due in the period; no answer is shown as no answer."),
        does_not_count=_l("Whether appointments and workshops helped: that is another question."),
        records=Source.VOUCHERS,
        unit=Unit.SHARE,
    ),
)
