"""The committee's papers: choosing one, and handing it out."""

import io
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ocop.web.downloads import attachment
from ocop.web.errors import BadParameter
from ocop.web.page_query import page_query
from targets.charts import overview_for
from targets.reports.content import outline
from targets.reports.files import FORMATS, file_name, write_file
from targets.reports.language import LANGUAGES, offered


@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    """Which report: its day and unit as on every page, its language, Word or workbook."""
    query = page_query(request)
    # A paper never counts what awaits verification; the page says so where that was asked for.
    counted = replace(query, pending=False)
    overview = overview_for(counted)
    context = {
        "query": counted,
        "overview": overview,
        "pending_left_out": query.pending,
        "languages": offered(),
        "language": _language(request),
        "summary": outline.summary(overview),
        "parts": outline.parts(overview, counted),
        "names": {fmt: file_name(counted, "vi", fmt) for fmt in FORMATS},
    }
    return render(request, "targets/reports/list.html", context)


@require_safe
def report_word(request: HttpRequest) -> HttpResponseBase:
    return _attachment(request, "docx")


@require_safe
def report_excel(request: HttpRequest) -> HttpResponseBase:
    return _attachment(request, "xlsx")


def _attachment(request: HttpRequest, fmt: str) -> HttpResponseBase:
    """The file as an attachment; who took which is noted in the log."""
    query, language = page_query(request), _language(request)
    if query.pending:
        raise BadParameter(_("Papers count verified records only: leave “pending” out."))
    stream = io.BytesIO()
    write_file(query, language, fmt, stream)
    return attachment(request, stream, file_name(query, language, fmt))


def _language(request: HttpRequest) -> str:
    """The language asked for; that of the page where none is. BadParameter for any other."""
    language = request.GET.get("language") or (get_language() or "vi")[:2]
    if language not in LANGUAGES:
        raise BadParameter(
            _("There is no paper in the language “%(language)s”. Choose one of: %(choices)s.")
            % {"language": language[:20], "choices": ", ".join(LANGUAGES)}
        )
    return language
