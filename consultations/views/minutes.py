"""The minutes to read and print, what came out of a session as a file, and the papers on its table."""

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from members.access import signed_in, station_side
from members.acting import acted
from members.once import once

from .. import access, exports, reports
from ..actions import sessions as actions
from ..forms.papers import PapersForm
from ..papers import TYPES
from .common import session_crumbs
from .sessions import detail_page


@signed_in
@require_GET
def session_minutes(request, pk):
    """The minutes (协商纪要) on A4; a draft, marked as one, until they are issued."""
    session = access.session_to("read_minutes", pk, actor=request.actor)
    if not session.is_held:
        raise Http404
    seats = list(session.participants.with_names())
    people = ("participant__person", "participant__unit")
    with_leave, without = reports.absent(seats)
    context = {
        "session": session,
        "sides": [side for side in reports.sides(seats) if side.came],
        "with_leave": with_leave,
        "without": without,
        "standpoints": reports.standpoints(seats),
        "speeches": session.speeches.select_related(*people),
        "consensus": session.consensus.all(),
        "reserved": session.reserved.select_related(*people),
        "outcomes": session.outcomes.select_related("unit"),
        "papers": session.papers.all(),
        "today": timezone.localdate(),
        "crumbs": session_crumbs(session, _("Minutes")),
    }
    return TemplateResponse(request, "consultations/session_minutes.html", context)


@signed_in
@require_GET
def session_export(request, pk, ending):
    """Outcomes, consensus and reserved views as a file."""
    session = access.session_to("read_minutes", pk, actor=request.actor)
    return HttpResponse(
        getattr(exports.outcomes_of(session), ending)(),
        content_type=exports.TYPES[ending],
        headers={"Content-Disposition": f'attachment; filename="session-{session.pk}.{ending}"'},
    )


@station_side
@require_POST
def session_papers(request, pk):
    """Put papers on the table."""
    session = access.session_to("run", pk, actor=request.actor)
    form = PapersForm(request.POST, request.FILES)
    if not form.is_valid():
        return detail_page(request, session, status=422, papers_form=form)
    uploads = form.cleaned_data["uploads"]
    back = f"{session.get_absolute_url()}#papers"

    def add():
        actions.add_papers(session, by=request.actor.person, uploads=uploads)
        return back

    return acted(request, back, lambda: once(form, request.actor, add), _("Saved."))


@signed_in
@require_GET
def paper(request, pk):
    """Serve a paper to whoever sees its session: always as a file to keep, never shown inside the page."""
    found = access.paper_to("view", pk, actor=request.actor)
    ending = str(found.file.name).rpartition(".")[2]
    try:
        with found.file.open("rb") as file:
            content = file.read()  # at most 20 MB, see papers.py
    except FileNotFoundError:
        raise Http404 from None
    response = HttpResponse(content, content_type=TYPES.get(ending, "application/octet-stream"))
    response["Content-Disposition"] = content_disposition_header(True, f"{found.title}.{ending}")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@station_side
@require_POST
def paper_remove(request, pk):
    """Take a paper off the table."""
    found = access.paper_to("remove", pk, actor=request.actor)
    back = f"{found.session.get_absolute_url()}#papers"
    return acted(request, back, lambda: actions.remove_paper(found, by=request.actor.person))
