"""Saved views."""

from django.urls import path

from targets.dashboard.saved_views import views

urlpatterns = [
    path("", views.view_list, name="view-list"),
    path("<int:pk>/", views.view_change, name="view-change"),
    path("<int:pk>/delete/", views.view_delete, name="view-delete"),
]
