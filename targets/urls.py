"""The committee's pages, charts and reports; the work of those who enter and verify."""

from django.urls import include, path

urlpatterns = [
    path("", include("targets.dashboard.urls")),
    path("charts/", include("targets.charts.urls")),
    path("forecast/", include("targets.forecast.urls")),
    path("allocations/", include("targets.quotas.urls")),
    path("plans/", include("targets.quotas.plans.urls")),
    path("confirmations/", include("targets.confirmations.urls")),
    path("", include("targets.committee.urls")),
    path("attention/", include("targets.attention.urls")),
    path("reconciliation/", include("targets.reconciliation.urls")),
    path("reports/", include("targets.reports.urls")),
    path("", include("targets.verification.urls")),
]
