"""What lies ahead: the forecast."""

from django.urls import path

from targets.views import forecast

urlpatterns = [
    path("", forecast.forecast_page, name="forecast"),
]
