"""What lies ahead: the forecast."""

from django.urls import path

from targets.views import forecast

urlpatterns = [
    path("", forecast.forecast_page, name="forecast"),
    path("certificates.xlsx", forecast.certificates, {"fmt": "xlsx"}, name="forecast-xlsx"),
    path("certificates.csv", forecast.certificates, {"fmt": "csv"}, name="forecast-csv"),
    path("letters.docx", forecast.notice_letters, name="forecast-letters"),
]
