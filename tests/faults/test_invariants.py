"""The checks of the fault harness, each shown rows that are wrong: a check that cannot fail proves nothing."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from followups.models import AssignmentStep, Receipt
from members.models import Delivery, FormKey, Notice, NumberSeries
from stations.models import DutySlot, Matter, MatterStep, Visit

from . import invariants, promises
from .battle import CHECKS
from .sink import Mail

pytestmark = pytest.mark.django_db


def broken(check, evidence):
    """Return how many places a check finds wrong."""
    return len(invariants.check(evidence, [check])[0].broken)


def test_a_sound_run_breaks_nothing_and_every_check_looks_at_something(evidence):
    verdicts = invariants.check(evidence, CHECKS)
    assert [(verdict.name, verdict.broken) for verdict in verdicts if verdict.broken] == []
    assert [verdict.name for verdict in verdicts if not verdict.checked] == []


def test_i1_finds_an_accepted_post_that_is_lost(evidence):
    AssignmentStep.objects.filter(note="s2").delete()
    assert broken(invariants.accepted_is_there, evidence) == 1


def test_i1_finds_an_accepted_post_that_was_altered(evidence):
    Visit.objects.filter(note="v1").update(person_times=8)
    assert broken(invariants.accepted_is_there, evidence) == 1


def test_i1_finds_a_matter_lost_from_its_visit(evidence):
    Matter.objects.filter(subject="v1-1").update(visit=None)
    assert broken(invariants.accepted_is_there, evidence) == 1


def test_i2_finds_what_is_there_twice(evidence):
    again = AssignmentStep.objects.get(note="s2")
    again.pk = None
    again.save()
    assert broken(invariants.nothing_twice, evidence) == 1


def test_i2_finds_a_matter_taken_down_twice(evidence):
    Matter.objects.filter(subject="v1-1").update(subject="v1-0")
    assert broken(invariants.nothing_twice, evidence) == 1


def test_i2_finds_a_repeated_form_that_led_elsewhere(evidence):
    evidence.journal.posts[0].answers.append("/visits/999/")
    assert broken(invariants.nothing_twice, evidence) == 1


def test_i3_finds_a_state_its_last_step_does_not_say(evidence):
    Matter.objects.filter(subject="v1-0").update(state="answered")
    assert broken(invariants.states_follow_steps, evidence) == 1


def test_i3_finds_a_missing_step(evidence):
    MatterStep.objects.filter(thing__subject="v1-0", verb="answer").delete()
    assert broken(invariants.states_follow_steps, evidence) == 1


def test_i3_finds_a_move_that_is_not_in_the_table(evidence):
    matter = Matter.objects.get(subject="v1-1")
    matter.steps.create(
        committee=matter.committee, verb="close", from_state="assigned", to_state="assigned", at=timezone.now()
    )
    assert broken(invariants.states_follow_steps, evidence) == 1


@pytest.mark.parametrize("kind", ["matter", "receipt"])
def test_i3_n_finds_a_series_that_ran_ahead(evidence, kind):
    NumberSeries.objects.filter(kind=kind).update(last=9)
    assert broken(invariants.numbers_have_no_gaps, evidence) == 1


def test_i3_n_finds_a_gap(evidence):
    Receipt.objects.update(number=2)
    NumberSeries.objects.filter(kind="receipt").update(last=2)
    assert broken(invariants.numbers_have_no_gaps, evidence) == 1


def test_i3_n_finds_a_signature_without_a_receipt(evidence):
    Receipt.objects.all().delete()
    NumberSeries.objects.filter(kind="receipt").delete()
    assert broken(invariants.numbers_have_no_gaps, evidence) == 1


def test_i4_finds_a_notice_that_was_not_delivered(evidence):
    Notice.objects.filter(key__endswith=":signed").update(sent_at=None)
    assert broken(promises.notices_end_delivered, evidence) == 2  # and its message went out nevertheless


def test_i4_finds_a_notice_that_was_given_up(evidence):
    Notice.objects.filter(key__endswith=":signed").update(sent_at=None, attempts=Notice.MOST_ATTEMPTS)
    assert "given up" in invariants.check(evidence, [promises.notices_end_delivered])[0].broken[0]


def test_i4_finds_a_delivery_nobody_tried(evidence):
    Notice.objects.filter(key__endswith=":signed").update(attempts=0)
    assert broken(promises.notices_end_delivered, evidence) == 1


@pytest.mark.parametrize("state", ["dead", "pending", "claimed"])
def test_i4_finds_a_message_that_was_not_sent(evidence, state):
    Delivery.objects.filter(notice__key__endswith=":signed").update(state=state, sent_at=None)
    assert broken(promises.notices_end_delivered, evidence) == 1


def test_i4_finds_a_message_that_was_never_written(evidence):
    Delivery.objects.filter(notice__key__endswith=":signed").delete()
    assert broken(promises.notices_end_delivered, evidence) == 1


def test_i5_finds_what_is_recorded_and_never_came(evidence):
    evidence.mails.pop()
    assert broken(promises.recorded_means_sent, evidence) == 1


def test_i5_finds_more_mails_than_tries_and_counts_doubles_that_have_one(evidence):
    evidence.mails.append(evidence.mails[0])
    assert broken(promises.recorded_means_sent, evidence) == 1

    pk = int(evidence.mails[0].message_id.split("-")[1].split("@")[0])
    Delivery.objects.filter(notice=pk).update(attempts=2)
    [verdict] = invariants.check(evidence, [promises.recorded_means_sent])
    assert (verdict.broken, verdict.figures["doubles at the mail server"]) == ([], 1)


def test_i5_finds_a_mail_to_the_wrong_reader(evidence):
    evidence.mails[0] = Mail(evidence.mails[0].message_id, "stranger@example.org")
    assert broken(promises.recorded_means_sent, evidence) == 2


@pytest.mark.parametrize("word", [":overdue:", ":sign-reminder:sign-1", ":due-reminder:due-1", ":eve:"])
def test_i6_finds_a_reminder_that_is_not_owed(evidence, word):
    Notice.objects.filter(pk=Notice.objects.filter(key__contains=word).first().pk).delete()
    assert broken(promises.reminders_are_as_planned, evidence) == 1


def test_i6_finds_a_reminder_owed_by_nothing(evidence):
    reminder = Notice.objects.filter(key__endswith=":sign-reminder:sign-1").first()
    reminder.pk, reminder.key = None, reminder.key[:-1] + "9"
    reminder.save()
    assert broken(promises.reminders_are_as_planned, evidence) == 1


def test_i6_finds_a_duty_day_that_was_not_planned(evidence):
    slot = DutySlot.objects.order_by("day").last()
    Notice.objects.filter(key__startswith=f"slot:{slot.pk}:").delete()
    slot.delete()
    assert broken(promises.reminders_are_as_planned, evidence) == 1


def test_i6_finds_a_duty_day_without_its_people(evidence):
    slot = DutySlot.objects.order_by("day").last()
    of_the_day = Notice.objects.filter(key__startswith=f"slot:{slot.pk}:")
    of_the_day.exclude(key__contains=":unrecorded-station:").delete()  # the keepers are asked all the same
    slot.turns.all().delete()
    assert broken(promises.reminders_are_as_planned, evidence) == 1


def test_i13_finds_an_effect_without_its_key(evidence):
    FormKey.objects.filter(key=f"{'s2':0>32}").delete()
    assert broken(invariants.keys_and_effects_agree, evidence) == 2  # the post, and the count of all


def test_i13_finds_a_key_without_its_effect(evidence):
    AssignmentStep.objects.filter(note="s2").delete()
    assert broken(invariants.keys_and_effects_agree, evidence) == 2


def test_i13_finds_a_key_that_leads_elsewhere(evidence):
    FormKey.objects.filter(key=f"{'v1':0>32}").update(result_url="/visits/999/")
    assert broken(invariants.keys_and_effects_agree, evidence) == 1


def test_i14_finds_what_the_database_finds(evidence):
    if connection.vendor == "sqlite":
        key = FormKey.objects.first()
        FormKey.objects.filter(pk=key.pk).update(person=10**9)
        assert broken(invariants.database_is_whole, evidence) == 1
        FormKey.objects.filter(pk=key.pk).update(person=key.person)
        return
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'visit_by_day'::regclass")
    assert broken(invariants.database_is_whole, evidence) == 1


@pytest.mark.parametrize(("trouble", "owed", "found"), [("", 0, 0), ("status 500", 0, 1), ("", 3, 1)])
def test_i16_finds_a_portal_that_needs_help(trouble, owed, found):
    assert len(invariants.recovered(trouble=trouble, owed=owed).broken) == found


def test_i16_counts_what_is_owed_now(evidence):
    Notice.objects.filter(key__endswith=":signed").update(sent_at=None)
    assert (invariants.owed(), invariants.owed(timezone.now() - timedelta(days=1))) == (1, 0)


def test_i16_counts_messages_on_their_way(evidence):
    Delivery.objects.filter(notice__key__endswith=":signed").update(state="claimed", sent_at=None)
    assert invariants.owed() == 1


def test_the_nightly_check_is_asked(evidence):
    Matter.objects.filter(subject="v1-0").update(state="answered")
    assert broken(invariants.nightly_check_finds_nothing, evidence) == 1
