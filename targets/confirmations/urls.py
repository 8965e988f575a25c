"""Quarters that districts confirm."""

from django.urls import path

from targets.confirmations import views

urlpatterns = [
    path("", views.board_page, name="confirmation-board"),
    path(
        "<slug:code>/<int:year>/<int:number>/",
        views.quarter_confirmation,
        name="quarter-confirmation",
    ),
    path(
        "<slug:code>/<int:year>/<int:number>/grant/",
        views.deadline_grant,
        name="deadline-grant",
    ),
]
