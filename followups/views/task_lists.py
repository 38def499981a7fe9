"""Pages of task lists: all of them, one of them, writing one, handing it over, and reporting back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kit.doors import can
from kit.forms import PortalForm
from kit.htmx import or_part
from kit.paging import page_of
from kit.trace import chain
from kit.workflow import MoveRefused, open_verbs, refusal
from members.access import office_only, office_or_leader
from members.acting import acted
from members.actions import log_export
from members.history import steps_of
from members.models import Unit
from members.once import once

from .. import access, actions, exports, task_lists
from ..actions.task_lists import ask_for_answers, mark_of
from ..forms.task_lists import PointFormSet, PointsForm, ReportForm, TaskListFilter, TaskListForm
from ..models import TaskList
from ..states import TaskListState

form_page = require_http_methods(["GET", "POST"])
MORE_ROWS = 5
LONGEST_ABOUT = 200


def crumbs(*more):
    """Return the way to the task lists, or to a page below them."""
    way = [(_("Follow-up"), reverse("followups:list"))]
    return [*way, (_("Task lists"), reverse("followups:task_list_list") if more else None), *more]


def _below(task_list, title):
    return crumbs((task_list.title, task_list.get_absolute_url()), (title, None))


@office_or_leader
@require_GET
@or_part("followups/_task_list_rows.html")
def task_list_list(request):
    """Instructions, special reports and lists of issues, the newest first, with how far each has come."""
    filters = TaskListFilter(request.GET)
    page = page_of(TaskList.objects.visible_to(request.actor).matching(**filters.wishes), request)
    progress = task_lists.progress_of(page)
    return TemplateResponse(
        request,
        "followups/task_list_list.html",
        {
            "page": page,
            "rows": [(task_list, progress[task_list.pk]) for task_list in page],
            "filters": filters,
            "crumbs": crumbs(),
        },
    )


@office_or_leader
@require_GET
def task_list_detail(request, pk):
    """One list: the paper, its rows with owner, day and state, how far it has come, and what is reported back."""
    task_list = access.task_list_to("view", pk, actor=request.actor)
    return TemplateResponse(
        request,
        "followups/task_list_detail.html",
        {
            "task_list": task_list,
            "lines": task_lists.lines_of(task_list, on=timezone.localdate()),
            "progress": task_lists.progress_of([task_list])[task_list.pk],
            "can": can(task_list, may=access.TASK_LIST_MAY, actor=request.actor),
            "is_draft": task_list.state == TaskListState.DRAFT,
            "steps": steps_of(task_list),
            "chain": chain(task_list, actor=request.actor),
            "bare": PortalForm(),
            "crumbs": crumbs((task_list.title, None)),
        },
    )


@office_only
@form_page
def task_list_create(request):
    """Begin a list; `?about=` says what it comes from."""
    first = {"given_on": timezone.localdate(), "about": request.GET.get("about", "")[:LONGEST_ABOUT]}
    form = TaskListForm(request.POST or None, instance=TaskList(committee=request.actor.committee), initial=first)
    if request.method == "POST" and form.is_valid():

        def act():
            made = actions.start_list(committee=request.actor.committee, by=request.actor.person, **form.values)
            return reverse("followups:task_list_points", args=[made.pk])

        return redirect(once(form, request.actor, act))
    context = {"form": form, "title": _("Write a task list"), "crumbs": crumbs((_("Write a task list"), None))}
    return _form(request, "followups/task_list_form.html", context)


@office_only
@form_page
def task_list_edit(request, pk):
    """Change the words of a list that is still being written."""
    task_list = access.task_list_to("edit", pk, actor=request.actor)
    if task_list.state != TaskListState.DRAFT:
        return _refused(request, task_list, refusal(task_list))
    form = TaskListForm(request.POST or None, instance=task_list)
    if request.method == "POST" and form.is_valid():
        return acted(
            request,
            task_list,
            lambda: actions.edit_list(task_list, by=request.actor.person, **form.values),
            _("Saved."),
        )
    title = _("Change the list")
    context = {"form": form, "task_list": task_list, "title": title, "crumbs": _below(task_list, title)}
    return _form(request, "followups/task_list_form.html", context)


@office_only
@form_page
def task_list_points(request, pk):
    """Write the points: words, unit and day of each; “more rows” brings empty ones without losing what is typed."""
    task_list = access.task_list_to("edit", pk, actor=request.actor)
    if task_list.state != TaskListState.DRAFT:
        return _refused(request, task_list, refusal(task_list))
    units = {"units": list(Unit.objects.filter(is_active=True).values_list("pk", "name"))}
    status = 200
    if request.method == "POST":
        form, points = PointsForm(request.POST), PointFormSet(request.POST, form_kwargs=units)
        if "more" in request.POST and points.management_form.is_valid():
            points = PointFormSet(_with_more_rows(request.POST, points), form_kwargs=units)
        elif form.is_valid() and points.is_valid():

            def act():
                actions.write_points(
                    task_list, by=request.actor.person, points=points.points(), mark=form.cleaned_data["mark"]
                )
                return task_list

            return acted(request, task_list, lambda: once(form, request.actor, act), _("Saved."))
        else:
            status = 422
    else:
        form = PointsForm(initial={"mark": mark_of(task_list)})
        points = PointFormSet(initial=_typed(task_list), form_kwargs=units)
    title = _("Write the points")
    context = {
        "form": form,
        "points": points,
        "quiet": status == 200,
        "task_list": task_list,
        "crumbs": _below(task_list, title),
    }
    return TemplateResponse(request, "followups/task_list_points.html", context, status=status)


def _typed(task_list):
    """Return the points as they are typed."""
    return [
        {
            "text": point.text,
            "unit": point.unit_id,
            "due_on": point.due_on,
            "raised_by": point.raised_by.name if point.raised_by else "",
        }
        for point in task_list.points.select_related("raised_by")
    ]


def _with_more_rows(data, points):
    """Return what was typed with room for more rows."""
    data = data.copy()
    data[f"{points.prefix}-TOTAL_FORMS"] = str(points.total_form_count() + MORE_ROWS)
    return data


@office_only
@require_POST
def task_list_issue(request, pk):
    """Hand all points over: each becomes an assignment with its clock."""
    task_list = access.task_list_to("issue", pk, actor=request.actor)
    form = PortalForm(request.POST)
    if not form.is_valid():
        return _refused(request, task_list, _("This page is out of date. Please reload it and send the form again."))

    def act():
        made = actions.issue_list(task_list, by=request.actor.person, on=timezone.localdate())
        messages.success(request, _("Handed over: %(count)d points; each unit has been told.") % {"count": len(made)})
        return task_list

    return acted(request, task_list, lambda: once(form, request.actor, act))


@office_only
@form_page
def task_list_report(request, pk):
    """Report back to whoever gave the list; the words begin with the answers."""
    task_list = access.task_list_to("report", pk, actor=request.actor)
    if "report" not in open_verbs(task_list):
        return _refused(request, task_list, refusal(task_list))
    try:
        ask_for_answers(task_list)
    except MoveRefused as refused:
        return _refused(request, task_list, str(refused))
    on = timezone.localdate()
    first = {} if request.method == "POST" else {"text": task_lists.draft_report(task_list, on=on)}
    form = ReportForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():

        def act():
            actions.report_back(task_list, by=request.actor.person, on=on, **form.values)
            return reverse("followups:task_list_paper", args=[task_list.pk])

        try:
            return redirect(once(form, request.actor, act))
        except MoveRefused as refused:
            return _refused(request, task_list, str(refused))
    title = _("Report back")
    context = {
        "form": form,
        "task_list": task_list,
        "title": title,
        "crumbs": _below(task_list, title),
    }
    return _form(request, "followups/task_list_report.html", context)


@office_or_leader
@require_GET
def task_list_paper(request, pk):
    """What was reported back, to be printed."""
    task_list = access.task_list_to("view", pk, actor=request.actor)
    if task_list.state != TaskListState.REPORTED:
        raise Http404
    context = {"task_list": task_list, "crumbs": _below(task_list, _("Report back"))}
    return TemplateResponse(request, "followups/task_list_paper.html", context)


@office_or_leader
@require_GET
def task_list_print(request, pk):
    """The list as a table to be printed: number, item, owner, day, state (问题清单、责任清单)."""
    task_list = access.task_list_to("view", pk, actor=request.actor)
    on = timezone.localdate()
    context = {
        "task_list": task_list,
        "lines": task_lists.lines_of(task_list, on=on),
        "progress": task_lists.progress_of([task_list])[task_list.pk],
        "today": on,
        "crumbs": _below(task_list, _("Print")),
    }
    return TemplateResponse(request, "followups/task_list_print.html", context)


@office_or_leader
@require_GET
def task_list_export(request, pk, ending):
    """The list as an Excel or CSV file; it is written down who took how much."""
    task_list = access.task_list_to("view", pk, actor=request.actor)
    sheet = task_lists.sheet_of(task_list, on=timezone.localdate())
    kind = _("Task list")
    log_export(
        committee=request.actor.committee, by=request.actor.person, what=f"{kind} ({ending})", rows=len(sheet.rows)
    )
    return HttpResponse(
        getattr(sheet, ending)(),
        content_type=exports.TYPES[ending],
        headers={"Content-Disposition": f'attachment; filename="task-list-{task_list.pk}.{ending}"'},
    )


def _form(request, template, context):
    return TemplateResponse(request, template, context, status=422 if context["form"].is_bound else 200)


def _refused(request, task_list, words):
    messages.warning(request, words)
    return redirect(task_list)
