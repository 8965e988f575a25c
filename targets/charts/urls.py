"""Charts as JSON, by name."""

from django.urls import path

from targets.charts.registry import chart

urlpatterns = [path("<slug:name>.json", chart, name="chart")]
