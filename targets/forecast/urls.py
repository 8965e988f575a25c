"""What lies ahead: the forecast."""

from django.urls import path

from targets.forecast import views

urlpatterns = [
    path("", views.forecast_page, name="forecast"),
    path("certificates.xlsx", views.certificates, {"fmt": "xlsx"}, name="forecast-xlsx"),
    path("certificates.csv", views.certificates, {"fmt": "csv"}, name="forecast-csv"),
    path("letters.docx", views.notice_letters, name="forecast-letters"),
]
