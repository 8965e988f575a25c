"""Quotas of districts and milestones."""

from django.urls import path

from targets.quotas import views

urlpatterns = [
    path("", views.allocation_board, name="allocation-board"),
    path("first/", views.quota_first, name="quota-first"),
    path("move/", views.quota_move, name="quota-move"),
    path("moves/<int:pk>/counter/", views.quota_reverse, name="quota-counter"),
    path("milestones/", views.milestone_page, name="milestones"),
]
