"""Bringing files in: choose a kind and a file, read what is wrong with it, take it over whole."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from kit.forms import PortalForm
from kit.paging import page_of
from kit.sheets import MAX_BYTES, Sheet, write_workbook
from kit.workflow import MoveRefused
from members import access, actions
from members.access import office_only
from members.forms import KeyForm
from members.importing import look_through
from members.models import ImportRun
from members.once import once

from .imports import KINDS

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class UploadForm(PortalForm):
    """A file and what it holds."""

    kind = forms.ChoiceField(label=gettext_lazy("What the file holds"))
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("Excel (.xlsx) or text (.csv), at most 10 MB."),
        widget=forms.FileInput({"accept": ".xlsx,.csv,.txt,.tsv"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.key, kind.title) for kind in KINDS.values()]

    def clean_file(self):
        """Refuse a file that is too large before it is read."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than %(size)d MB.") % {"size": MAX_BYTES // 1024 // 1024})
        return file


def _crumbs(*more):
    return [
        (_("Home"), reverse("home")),
        (_("Set-up"), reverse("members:setup")),
        (_("Import"), reverse("import_list") if more else None),
        *more,
    ]


@office_only
def import_list(request):
    """Take a file and look it through; below, the files taken before."""
    form = UploadForm(request.POST or None, request.FILES or None, initial={"kind": request.GET.get("kind", "")})
    if request.method == "POST" and form.is_valid():
        return redirect(_look_and_keep(request.actor, form))
    page = page_of(ImportRun.objects.defer("content", "report").select_related("by"), request, per_page=20)
    context = {
        "form": form,
        "kinds": list(KINDS.values()),
        "page": page,
        "rows": [(run, _title(run)) for run in page],
        "crumbs": _crumbs(),
    }
    return TemplateResponse(request, "imports/import_list.html", context, status=422 if form.errors else 200)


def _title(run):
    return KINDS[run.kind].title if run.kind in KINDS else run.kind


def _look_and_keep(actor, form):
    """Look a file through and keep it with what was found; returns the address of the dry run."""
    kind, file = form.cleaned_data["kind"], form.cleaned_data["file"]
    content = file.read()
    reading = look_through(KINDS[kind], content, file.name, actor.committee)
    return once(
        form,
        actor,
        lambda: actions.upload(
            committee=actor.committee,
            kind=kind,
            filename=file.name,
            content=content,
            report=reading.report(),
            by=actor.person,
        ),
    )


@office_only
@require_GET
def import_detail(request, pk):
    """Show what was found in a file: how many rows of what, and every bad row."""
    run = access.import_to("view", pk, actor=request.actor)
    report = run.report
    before = actions.committed_before(run)
    context = {
        "run": run,
        "title": _title(run),
        "report": report,
        "errors": report["errors"],
        "left_out": report["error_count"] - len(report["errors"]),
        "counts": report["counts"].items(),
        "has_sheets": any(error["sheet"] for error in report["errors"]),
        "before": before,
        "steps": run.steps.select_related("by"),
        "may_commit": run.state in run.MOVES["commit"].sources and not report["error_count"] and not before,
        "form": KeyForm(),
        "crumbs": _crumbs((run.filename, None)),
    }
    return TemplateResponse(request, "imports/import_detail.html", context)


@office_only
@require_POST
def import_commit(request, pk):
    """Take a file over: read once more, then written whole or not at all."""
    run = access.import_to("commit", pk, actor=request.actor)
    form = KeyForm(request.POST)
    if not form.is_valid() or run.kind not in KINDS:
        messages.warning(request, _("This page is out of date. Please reload it and send the form again."))
        return redirect(run)
    try:
        url = once(form, request.actor, lambda: _commit(run, request.actor))
    except MoveRefused as refused:
        messages.warning(request, str(refused))
        return redirect("import_detail", run.pk)
    messages.success(request, _("Everything in “%(file)s” was imported.") % {"file": run.filename})
    return redirect(url)


def _commit(run, actor):
    reading = look_through(KINDS[run.kind], bytes(run.content), run.filename, actor.committee)
    actions.commit_import(run, reading=reading, by=actor.person)
    return run


@office_only
@require_GET
def import_template(request, kind):
    """Hand out an empty workbook with the right sheets and headers."""
    if kind not in KINDS or not KINDS[kind].sheets:
        raise Http404
    content = write_workbook([Sheet(title, columns, []) for title, columns in KINDS[kind].sheets])
    response = HttpResponse(content, content_type=EXCEL)
    response["Content-Disposition"] = f'attachment; filename="{kind}-template.xlsx"'
    return response
