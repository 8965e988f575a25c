"""Published totals, and lists of decisions, beside the record."""

from django.urls import path

from targets.reconciliation import views

urlpatterns = [
    path("", views.reconciliation, name="reconciliation"),
    path("totals/new/", views.total_new, name="published-total-new"),
    path("totals/<int:pk>/", views.total_edit, name="published-total"),
    path("lists/", views.list_add, name="reconciliation-list-add"),
    path("lists/<uuid:pk>/", views.list_page, name="reconciliation-list"),
    path("lists/<uuid:pk>/list.xlsx", views.list_workbook, name="reconciliation-list-xlsx"),
    path("lists/<uuid:pk>/missing/", views.list_missing, name="reconciliation-list-missing"),
]
