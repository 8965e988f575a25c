"""Quarters that districts confirm."""

from django.urls import path

from targets.views import confirmations

urlpatterns = [
    path("", confirmations.board_page, name="confirmation-board"),
    path(
        "<slug:code>/<int:year>/<int:number>/",
        confirmations.quarter_confirmation,
        name="quarter-confirmation",
    ),
    path(
        "<slug:code>/<int:year>/<int:number>/grant/",
        confirmations.deadline_grant,
        name="deadline-grant",
    ),
]
