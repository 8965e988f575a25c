"""Meetings of the steering committee: list, form, page, projector, opening, conclusions."""

import io
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ocop.organisation.scope import scope_of_request
from ocop.web.downloads import attachment
from ocop.web.errors import BadParameter
from ocop.web.page_query import PageQuery, page_query, read_day
from ocop.web.pagination import list_context
from products.records import drafts, form_page, opened_version, saved_once, token_for
from targets.choices import MeetingState
from targets.committee import permissions
from targets.committee.assignments import AssignmentRefused
from targets.committee.meetings import minutes, page, services
from targets.committee.meetings.forms import ConclusionForm, DiscardForm, MeetingForm, TopicForm
from targets.models import Meeting, Topic
from targets.reports.content import build_letterhead, issuer
from targets.reports.writers import write_minutes


@require_safe
def meeting_list(request: HttpRequest) -> HttpResponse:
    """All meetings, the latest first, with the assignments that are open on the day asked for."""
    query, scope = page_query(request), scope_of_request(request)
    permissions.require_may_see_meetings(scope)
    state = request.GET.get("state", "")
    if state and state not in MeetingState.values:
        raise BadParameter(_("There is no state called “%(state)s”.") % {"state": state[:20]})
    words = request.GET.get("q", "").replace("\0", " ").strip()[:100]
    found = page.meeting_list(query.as_of, state, words)
    context = {
        "query": query,
        "state": state,
        "states": MeetingState.choices,
        "words": words,
        "sees_meetings": True,
        "may_run": permissions.may_run(scope),
        **list_context(request, _("Meetings of the steering committee"), found),
    }
    return render(request, "targets/committee/meetings/list.html", context)


@form_page
def meeting_new(request: HttpRequest) -> HttpResponse:
    permissions.require_may_run(scope_of_request(request))
    data = request.POST if request.method == "POST" else None
    form = MeetingForm(data, meeting=None, day=timezone.localdate())
    if not form.is_valid():
        context = {"form": form, "meeting": None, "token": token_for(request)}
        return render(request, "targets/committee/meetings/form.html", context)
    return saved_once(
        request,
        lambda: services.plan_meeting(form.values, form.points, request.user),
        lambda planned: reverse("meeting", args=[planned.pk]),
    )


@form_page
def meeting_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan of a meeting; once it is open only place, chair and attendees."""
    scope = scope_of_request(request)
    meeting = permissions.get_meeting_or_404(pk, scope)
    permissions.require_may_run(scope)
    data = request.POST if request.method == "POST" else None
    form = MeetingForm(data, meeting=meeting, day=timezone.localdate())
    version = opened_version(request, meeting.version)
    context = {"form": form, "meeting": meeting, "version": version}
    try:
        services.check_changeable(meeting)
        if not form.is_valid():
            return render(request, "targets/committee/meetings/form.html", context)
        services.change_meeting(meeting, form.values, form.points, version or 0, request.user)
    except services.MeetingConflict:
        context |= {"conflict": True, "version": meeting.version}
        return render(request, "targets/committee/meetings/form.html", context, status=409)
    except services.MeetingRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("meeting", pk)
    messages.success(request, _("Saved."))
    return redirect("meeting", pk)


@require_safe
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting: what it begins with, its agenda with figures, conclusions, assignments; of a
    discarded one who discarded it and why, and what would have been on it."""
    found = permissions.get_meeting_or_404(pk, scope_of_request(request))
    if found.state == MeetingState.DISCARDED:
        return render(request, "targets/committee/meetings/discarded.html", _discarded(found))
    return render(request, "targets/committee/meetings/meeting.html", _context(request, found))


def _discarded(found: Meeting) -> dict[str, Any]:
    topics = found.topics.select_related("target")
    return {"meeting": found, "step": services.discard_entry_of(found), "topics": topics}


def _held(request: HttpRequest, pk: int) -> Meeting | None:
    """The meeting to show or print; None (and a sentence) where it was discarded."""
    found = permissions.get_meeting_or_404(pk, scope_of_request(request))
    if found.state != MeetingState.DISCARDED:
        return found
    messages.info(request, _("This meeting was discarded: there is nothing to show or print."))
    return None


@require_safe
def meeting_screen(request: HttpRequest, pk: int) -> HttpResponse:
    """The same on a projector: one topic a screen, driven by keys."""
    found = _held(request, pk)
    if found is None:
        return redirect("meeting", pk)
    return render(
        request, "targets/committee/meetings/slides/screen.html", _context(request, found)
    )


def _context(request: HttpRequest, found: Meeting) -> dict[str, Any]:
    """`asked` in the context is the meeting's own day and unit, whatever the address says;
    assignments stand as of the day asked for."""
    today = timezone.localdate()
    scope = scope_of_request(request)
    day = request.GET.get("as_of", "").strip()
    day_asked = read_day(day) if day else today
    agenda = page.build_agenda(found, request.user, day_asked)
    unit = found.plan.unit
    may_run = permissions.may_run(scope)
    return {
        "query": PageQuery(found.as_of, today, unit, [unit]),
        "meeting": found,
        "discussed": found.discussed.all(),
        "shown": agenda.shown,
        "topics": agenda.topics,
        "carried": agenda.carried,
        "charts": page.charts_of(agenda.topics, agenda.shown, found),
        "agencies": agenda.agencies,
        "may_run": may_run,
        "writes": may_run and found.state == MeetingState.OPEN,
    }


@require_safe
def meeting_minutes(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The minutes as a Word file, in the language of the page."""
    found = _held(request, pk)
    if found is None:
        return redirect("meeting", pk)
    unit = found.plan.unit
    stream = io.BytesIO()
    today = timezone.localdate()
    by, written = issuer(unit, today), minutes.minutes(found, today)
    write_minutes(written, build_letterhead(by, "BB"), stream)
    return attachment(request, stream, f"bien-ban-{found.held_on.isoformat()}-{found.pk}.docx")


@require_POST
def meeting_open(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    return _advance(request, pk, partial(services.open_meeting, today=today))


@require_POST
def meeting_close(request: HttpRequest, pk: int) -> HttpResponse:
    return _advance(request, pk, services.close_meeting)


def _advance(request: HttpRequest, pk: int, step: Any) -> HttpResponse:
    scope = scope_of_request(request)
    found = permissions.get_meeting_or_404(pk, scope)
    permissions.require_may_run(scope)
    try:
        step(found, request.user)
    except services.MeetingRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("meeting", pk)


@form_page
def meeting_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why a planned meeting is discarded, and discard it over the plan that was seen."""
    scope = scope_of_request(request)
    found = permissions.get_meeting_or_404(pk, scope)
    permissions.require_may_run(scope)
    form = DiscardForm(request.POST if request.method == "POST" else None)
    version = opened_version(request, found.version)
    context = {"form": form, "meeting": found, "version": version}
    try:
        services.check_planned(found)
        if not form.is_valid():
            return render(request, "targets/committee/meetings/discard.html", context)
        services.discard(found, form.cleaned_data["reason"], version or 0, request.user)
    except services.MeetingConflict:
        context |= {"conflict": True, "version": found.version}
        return render(request, "targets/committee/meetings/discard.html", context, status=409)
    except services.MeetingRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The meeting is discarded; it stays on record."))
    return redirect("meeting", pk)


@form_page
def topic_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a topic to a meeting that is under way."""
    scope = scope_of_request(request)
    found = permissions.get_meeting_or_404(pk, scope)
    permissions.require_may_run(scope)
    form = TopicForm(request.POST if request.method == "POST" else None, meeting=found)
    if form.is_valid():
        try:
            return saved_once(
                request,
                lambda: services.add_topic(found, form.point, request.user),
                lambda topic: f"{found.get_absolute_url()}#topic-{topic.pk}",
            )
        except services.MeetingRefused as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "meeting": found, "token": token_for(request)}
    return render(request, "targets/committee/meetings/topic_new.html", context)


# --- Conclusions --------------------------------------------------------------------------------


@require_POST
def topic_conclude(request: HttpRequest, pk: int, topic_pk: int) -> HttpResponse:
    """Write a conclusion and give its assignment; JSON for the projector, else back to the page."""
    scope = scope_of_request(request)
    found = permissions.get_meeting_or_404(pk, scope)
    permissions.require_may_run(scope)
    topic = permissions.get_topic_or_404(found, topic_pk)
    topic.meeting = found
    form = ConclusionForm(request.POST)
    if not form.is_valid():
        return _not_taken(request, topic, form, [str(one[2]) for one in form.summary], 400)
    text, version = form.cleaned_data["conclusion"], form.cleaned_data["version"]
    try:
        services.conclude(topic, text, version, request.user, form.order)
    except services.ConclusionConflict as clash:
        return _clash(request, clash.topic, form)
    except (services.MeetingRefused, AssignmentRefused) as refusal:
        return _not_taken(request, topic, form, [str(refusal)], 400)
    drafts.delete_draft(request.user, f"{found.get_absolute_url()}?topic={topic_pk}")
    return _taken(request, topic)


def _as_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _taken(request: HttpRequest, topic: Topic) -> HttpResponse:
    if not _as_json(request):
        messages.success(request, _("The conclusion is saved."))
        return redirect(f"{topic.meeting.get_absolute_url()}#topic-{topic.pk}")
    return JsonResponse(page.topic_as_json(topic, timezone.localdate()))


def _not_taken(
    request: HttpRequest, topic: Topic, form: ConclusionForm, errors: list[str], status: int
) -> HttpResponse:
    errors = list(dict.fromkeys(errors))
    if _as_json(request):
        return JsonResponse({"errors": errors}, status=status)
    context = {"form": form, "topic": topic, "errors": errors}
    return render(request, "targets/committee/meetings/conclusion.html", context, status=status)


def _clash(request: HttpRequest, topic: Topic, form: ConclusionForm) -> HttpResponse:
    """Both texts, side by side; the writer decides what stands."""
    if _as_json(request):
        return JsonResponse(page.topic_as_json(topic, timezone.localdate()), status=409)
    context = {"form": form, "topic": topic, "theirs": topic.conclusion, "clash": True}
    return render(request, "targets/committee/meetings/conclusion.html", context, status=409)
