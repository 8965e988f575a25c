"""The committee's overview and its charts; the work of those who enter and verify."""

from django.urls import include, path

from targets.charts import registry
from targets.dashboard import views
from targets.dashboard.districts import views as districts_views
from targets.dashboard.target import views as target_views
from targets.reports import views as reports_views
from targets.verification import views as verification_views

urlpatterns = [
    path("", views.overview_page, name="overview"),
    path("targets/<slug:code>/", target_views.target_detail, name="target-detail"),
    path("units/", districts_views.unit_list, name="unit-list"),
    path("units/<slug:code>/", districts_views.unit_detail, name="unit-detail"),
    path("charts/<slug:name>.json", registry.chart, name="chart"),
    path("forecast/", include("targets.forecast.urls")),
    path("allocations/", include("targets.quotas.urls")),
    path("confirmations/", include("targets.confirmations.urls")),
    path("", include("targets.committee.urls")),
    path("", include("targets.attention.urls")),
    path("reports/", reports_views.report_list, name="report-list"),
    path("reports/report.docx", reports_views.report_word, name="report-word"),
    path("reports/report.xlsx", reports_views.report_excel, name="report-excel"),
    path("my-work/", verification_views.my_work_page, name="my-work"),
    path("verification/", verification_views.verification_effect, name="verification-effect"),
    path("verification/verify/", verification_views.verify, name="verify"),
    path("verification/return/", verification_views.return_record, name="return"),
    path(
        "verification/<slug:kind>/<int:pk>/",
        verification_views.verification_page,
        name="verification",
    ),
]
