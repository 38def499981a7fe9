"""What proposers said is kept with the assignment, as for everything else; here it is taken over and its columns go."""

from django.db import migrations
from django.utils import timezone


def take_over(apps, _schema_editor):
    """Write a judgement of the assignment for every judged proposal, with who and when from its last step."""
    proposals, steps, ratings, assignments = (
        apps.get_model(app, name)._base_manager
        for app, name in (
            ("proposals", "Proposal"),
            ("proposals", "ProposalStep"),
            ("followups", "Rating"),
            ("followups", "Assignment"),
        )
    )
    for proposal in proposals.filter(state="rated").select_related("assignment").iterator():
        assignment = proposal.assignment
        if ratings.filter(assignment=assignment, round=assignment.rounds).exists():
            continue
        step = steps.filter(thing=proposal.pk, verb="rate").order_by("-pk").first()
        ratings.create(
            committee_id=proposal.committee_id,
            assignment=assignment,
            round=assignment.rounds,
            result=proposal.rating,
            words=proposal.rating_note,
            by_id=step.by_id if step else proposal.first_proposer_id,
            at=step.at if step else timezone.now(),
        )
        assignments.filter(pk=assignment.pk).update(rating=proposal.rating)


class Migration(migrations.Migration):
    dependencies = [("proposals", "0001_proposals"), ("followups", "0011_judging")]

    operations = [
        migrations.RemoveConstraint(model_name="proposal", name="judged_proposal_has_rating"),
        migrations.RunPython(take_over, migrations.RunPython.noop),
        migrations.RemoveField(model_name="proposal", name="rating"),
        migrations.RemoveField(model_name="proposal", name="rating_note"),
    ]
