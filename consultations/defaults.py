"""What a committee starts with: the usual forms of consultation."""

from __future__ import annotations

from members.models import Committee

from .models import ConsultationForm

# Name and whether it is light. Source: domain, forms of consultation (协商形式).
FORMS = (
    ("专题议政性常委会会议", False),
    ("主席专题协商会", False),
    ("双月协商座谈会", False),
    ("对口协商", False),
    ("界别协商", False),
    ("提案办理协商", False),
    ("远程协商", False),
    ("民主监督", False),
    ("视察", False),
    ("微协商", True),
    ("一线协商", True),
)


def install_forms(committee: Committee) -> None:
    """Give the committee the usual forms it lacks; what it has stays as it is."""
    ConsultationForm.objects.bulk_create(
        [ConsultationForm(committee=committee, name=name, is_light=is_light) for name, is_light in FORMS],
        ignore_conflicts=True,
    )
