"""The committee's overview and its charts; the work of those who enter and verify."""

from django.urls import include, path

from targets import charts
from targets.views import committee, papers, target, units, work

urlpatterns = [
    path("", committee.overview_page, name="overview"),
    path("targets/<slug:code>/", target.target_detail, name="target-detail"),
    path("units/", units.unit_list, name="unit-list"),
    path("units/<slug:code>/", units.unit_detail, name="unit-detail"),
    path("charts/<slug:name>.json", charts.chart, name="chart"),
    path("forecast/", include("targets.urls_forecast")),
    path("allocations/", include("targets.urls_quotas")),
    path("confirmations/", include("targets.urls_confirmations")),
    path("", include("targets.urls_meetings")),
    path("", include("targets.urls_attention")),
    path("reports/", papers.report_list, name="report-list"),
    path("reports/report.docx", papers.report_word, name="report-word"),
    path("reports/report.xlsx", papers.report_excel, name="report-excel"),
    path("my-work/", work.my_work_page, name="my-work"),
    path("verification/", work.verification_effect, name="verification-effect"),
    path("verification/verify/", work.verify, name="verify"),
    path("verification/return/", work.return_record, name="return"),
    path("verification/<slug:kind>/<int:pk>/", work.verification_page, name="verification"),
]
