"""What must be true after any number of kills: one function per invariant, each one query or one pass over the rows.

Every function takes the evidence (the clients' journal, the mails the sink took) and returns a verdict. The numbers
I1 to I16 are those the project's other papers use.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Model
from django.utils import timezone

from cppcc_portal.management.commands import verify
from followups.models import Assignment, AssignmentStep, Receipt, Reply
from kit.tenancy import every_committee
from members.models import Delivery, FormKey, Notice, NumberSeries
from stations.models import Matter, MatterStep, Visit

from .journal import Journal, Post
from .sink import Mail


@dataclass
class Evidence:
    """What is known besides the rows."""

    journal: Journal
    mails: Sequence[Mail] = ()
    began_on: Any = None  # the day of the run, for what the planner planned


@dataclass
class Verdict:
    """How an invariant stands: what was looked at, and every place where it does not hold."""

    name: str
    says: str
    checked: int = 0
    broken: list[str] = field(default_factory=list)
    why_not: str = ""  # set when it does not apply, with the reason
    figures: dict[str, int] = field(default_factory=dict)

    @property
    def word(self) -> str:
        """The verdict in a word."""
        return "not applicable" if self.why_not else "violated" if self.broken else "ok"


# Where the mark of a post is found again, and whether its form is taken once by its key (else the state guards it).
MARKS: dict[str, tuple[Callable[[], Any], str, bool]] = {
    "visit": (lambda: Visit.objects.all(), "note", True),
    "hand over": (lambda: Assignment.objects.all(), "request", False),
    "sign": (lambda: Assignment.objects.filter(receipt__isnull=False), "handler", True),
    "progress": (lambda: AssignmentStep.objects.filter(verb="progress"), "note", True),
    "answer of the unit": (lambda: Reply.objects.all(), "text", True),
    "strike off": (lambda: AssignmentStep.objects.filter(verb="close"), "note", True),
    "tell the resident": (lambda: MatterStep.objects.filter(verb="answer"), "note", False),
    "close the matter": (lambda: MatterStep.objects.filter(verb="close"), "note", False),
}
STEPS_BY_KEY = ("sign", "progress", "answer", "close")


def _effects() -> dict[str, Counter]:
    """Count how often each mark stands in the rows, by kind."""
    return {kind: Counter(rows().values_list(column, flat=True)) for kind, (rows, column, _key) in MARKS.items()}


def accepted_is_there(evidence: Evidence) -> Verdict:
    """I1: an accepted post is there once, with the words that were sent."""
    verdict = Verdict("I1", "every post the portal said yes to (走访, 交办, 签收, 答复 …) is there once, word for word")
    effects, visits = _effects(), _visits()
    for post in evidence.journal.accepted:
        if post.is_race:
            continue
        verdict.checked += 1
        count = effects[post.kind][post.mark]
        if count != 1:
            verdict.broken.append(f"{post.kind} {post.mark}: accepted, there {count} times")
        elif post.kind == "visit" and visits[post.mark] != (post.person_times, sorted(post.matters)):
            verdict.broken.append(f"visit {post.mark}: not as it was sent: {visits[post.mark]}")
    return verdict


def _visits() -> dict[str, tuple[int, list[str]]]:
    """Return each visit's person-times and the subjects of its matters, by its mark."""
    subjects: dict[int, list[str]] = {}
    for pk, subject in Matter.objects.order_by("subject").values_list("visit_id", "subject"):
        subjects.setdefault(pk, []).append(subject)
    rows = Visit.objects.values_list("note", "pk", "person_times")
    return {note: (person_times, subjects.get(pk, [])) for note, pk, person_times in rows}


def nothing_twice(evidence: Evidence) -> Verdict:
    """I2: nothing is there twice, and a repeated form is answered with what its first post made."""
    verdict = Verdict("I2", "no post is there twice, answered or not; a form sent again leads to its first result")
    effects = _effects()
    for post in evidence.journal.posts:
        verdict.checked += 1
        if (count := effects[post.kind][post.mark]) > 1:
            verdict.broken.append(f"{post.kind} {post.mark}: there {count} times")
        if len(set(post.answers)) > 1:
            verdict.broken.append(f"{post.kind} {post.mark}: answered with {sorted(set(post.answers))}")
    subjects = Counter(Matter.objects.values_list("subject", flat=True))
    verdict.broken += [f"matter {subject}: there {count} times" for subject, count in subjects.items() if count > 1]
    return verdict


def states_follow_steps(evidence: Evidence) -> Verdict:
    """I3: each thing's state is what its last step says, and its steps are a way through the table of moves."""
    verdict = Verdict("I3", "state = last step; the steps (办理过程) are an unbroken way of legal moves")
    for model in things():
        steps: dict[int, list[tuple[str, str, str]]] = {}
        table = model.steps.rel.related_model._base_manager.order_by("pk")
        for pk, *step in table.values_list("thing_id", "verb", "from_state", "to_state"):
            steps.setdefault(pk, []).append(tuple(step))
        for pk, state in model._base_manager.values_list("pk", "state"):
            verdict.checked += 1
            if fault := _way_fault(model, state, steps.get(pk, [])):
                verdict.broken.append(f"{model._meta.label} {pk}: {fault}")
    return verdict


def things() -> list[type[Model]]:
    """Return every model whose rows have a state that moves."""
    return [model for model in apps.get_models() if hasattr(model, "MOVES") and hasattr(model, "steps")]


def _way_fault(model: Any, state: str, steps: list[tuple[str, str, str]]) -> str:
    here = model._meta.get_field("state").get_default() if not steps or steps[0][1] else ""
    for verb, source, target in steps:
        move = model.MOVES.get(verb)
        if source != here:
            return f"step {verb} starts at {source!r}, the thing was at {here!r}"
        if source and (move is None or source not in move.sources or target != move.target):
            return f"no move {verb} from {source} to {target}"
        here = target
    return "" if state == here else f"state {state}, last step says {here}"


def numbers_have_no_gaps(evidence: Evidence) -> Verdict:
    """I3 n: matters and receipts are numbered 1 to n in their committee and year, and the series stands at n."""
    verdict = Verdict("I3 n", "numbers (诉求编号, 收条号) run 1 … n without gap or double; the series stands at n")
    for kind, model in (("matter", Matter), ("receipt", Receipt)):
        given: dict[tuple[int, int], list[int]] = {}
        for committee, year, number in model.objects.order_by("number").values_list("committee_id", "year", "number"):
            given.setdefault((committee, year), []).append(number)
        series = NumberSeries.objects.filter(kind=kind).values_list("committee_id", "year", "last")
        last = {(committee, year): number for committee, year, number in series}
        for key in given.keys() | last.keys():
            numbers = given.get(key, [])
            verdict.checked += len(numbers)
            if numbers != list(range(1, len(numbers) + 1)) or last.get(key, 0) != len(numbers):
                verdict.broken.append(f"{kind} of {key}: {len(numbers)} given, series at {last.get(key, 0)}")
    unsigned = Assignment.objects.filter(steps__verb="sign").values_list("pk", "receipt")
    verdict.broken += [f"assignment {pk}: signed for without a receipt" for pk, receipt in unsigned if not receipt]
    return verdict


def keys_and_effects_agree(evidence: Evidence) -> Verdict:
    """I13: the key of a form is kept if and only if what the form did is there."""
    verdict = Verdict("I13", "a form's key is kept ⇔ what it did is there (both in one transaction)")
    effects = _effects()
    kept = dict(FormKey.objects.values_list("key", "result_url"))
    for post in evidence.journal.posts:
        if not MARKS[post.kind][2]:
            continue
        verdict.checked += 1
        is_there = effects[post.kind][post.mark] > 0
        if is_there != (post.key in kept):
            verdict.broken.append(f"{post.kind} {post.mark}: there {is_there}, key kept {post.key in kept}")
        elif is_there and (post.is_accepted and not _leads(kept[post.key], post)):
            verdict.broken.append(f"{post.kind} {post.mark}: key leads to {kept[post.key]!r}, told {post.answers}")
    acts = Visit.objects.count() + AssignmentStep.objects.filter(verb__in=STEPS_BY_KEY).count()
    if acts != len(kept):
        verdict.broken.append(f"{len(kept)} keys kept for {acts} acts")
    return verdict


def _leads(url: str, post: Post) -> bool:
    return url.partition("?")[0] in post.answers


def database_is_whole(evidence: Evidence) -> Verdict:
    """I14: the database says of itself that it is whole."""
    verdict = Verdict("I14", "the database's own checks find nothing; no index is invalid, no transaction hangs")
    questions = {
        "sqlite": ["PRAGMA integrity_check", "PRAGMA foreign_key_check"],
        "postgresql": [
            "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid",
            "SELECT pid::text FROM pg_stat_activity WHERE state LIKE 'idle in transaction%' "
            "AND state_change < now() - interval '30 seconds'",
        ],
    }[connection.vendor]
    with connection.cursor() as cursor:
        for question in questions:
            verdict.checked += 1
            cursor.execute(question)
            verdict.broken += [str(row) for row in cursor.fetchall() if row != ("ok",)]
    return verdict


def nightly_check_finds_nothing(evidence: Evidence) -> Verdict:
    """The portal's own nightly check, which also counts the board again and looks for rows of another committee."""
    return Verdict("verify", "`manage.py verify` finds 0 differences", 1, verify.differences())


def recovered(*, trouble: str, owed: int) -> Verdict:
    """I16: after the last kill a form is taken soon and what is owed is delivered, and nobody had to help.

    `trouble` says why no form was taken ("" when one was), `owed` how many notices were left after the time given.
    """
    verdict = Verdict("I16", "without help forms are taken again within 10 s, what is owed is delivered", 2)
    verdict.broken += [f"no form was taken: {trouble}"] if trouble else []
    verdict.broken += [f"{owed} notices are still owed"] if owed else []
    return verdict


NOT_HERE = [
    Verdict("I7", "points agree with what they are given for", why_not="the portal gives no points; verify recounts"),
    Verdict("I8", "the audit chain is whole", why_not="there is no hashed chain; the steps are the history, see I3"),
]


def check(evidence: Evidence, checks: Iterable[Callable[[Evidence], Verdict]]) -> list[Verdict]:
    """Ask every check, with all committees in sight."""
    with every_committee(because="the harness looks at everybody's rows"):
        return [ask(evidence) for ask in checks]


def owed(at: datetime | None = None) -> int:
    """How many notices are due and not arrived, and messages on their way; what was given up is not among them."""
    with every_committee(because="the harness looks at everybody's rows"):
        return Notice.objects.owed(at=at or timezone.now()).count() + Delivery.objects.waiting().count()
