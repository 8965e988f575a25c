"""Quotas of districts and milestones."""

from django.urls import path

from targets.views import quotas

urlpatterns = [
    path("", quotas.allocation_board, name="allocation-board"),
    path("move/", quotas.quota_move, name="quota-move"),
    path("moves/<int:pk>/counter/", quotas.quota_counter, name="quota-counter"),
    path("milestones/", quotas.milestone_page, name="milestones"),
]
