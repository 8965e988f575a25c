"""Reports: choosing one, and its files."""

from django.urls import path

from targets.reports import views

urlpatterns = [
    path("", views.report_list, name="report-list"),
    path("report.docx", views.report_word, name="report-word"),
    path("report.xlsx", views.report_excel, name="report-excel"),
]
