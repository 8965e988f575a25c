"""The committee's overview and its charts."""

from django.urls import path

from targets import charts, views

urlpatterns = [
    path("", views.overview_page, name="overview"),
    path("charts/<slug:name>.json", charts.chart, name="chart"),
]
