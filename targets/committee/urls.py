"""Meetings of the steering committee, its members, assignments, activities, documents."""

from django.urls import path

from targets.committee.activities import views
from targets.committee.assignments import views as assignments_views
from targets.committee.documents import views as documents_views
from targets.committee.meetings import views as meetings_views
from targets.committee.members import views as members_views

urlpatterns = [
    path("meetings/", meetings_views.meeting_list, name="meeting-list"),
    path("meetings/new/", meetings_views.meeting_new, name="meeting-new"),
    path("meetings/<int:pk>/", meetings_views.meeting, name="meeting"),
    path("meetings/<int:pk>/edit/", meetings_views.meeting_edit, name="meeting-edit"),
    path("meetings/<int:pk>/open/", meetings_views.meeting_open, name="meeting-open"),
    path("meetings/<int:pk>/close/", meetings_views.meeting_close, name="meeting-close"),
    path("meetings/<int:pk>/discard/", meetings_views.meeting_discard, name="meeting-discard"),
    path("meetings/<int:pk>/minutes.docx", meetings_views.meeting_minutes, name="meeting-minutes"),
    path("meetings/<int:pk>/screen/", meetings_views.meeting_screen, name="meeting-screen"),
    path("meetings/<int:pk>/topics/new/", meetings_views.topic_new, name="topic-new"),
    path(
        "meetings/<int:pk>/topics/<int:topic_pk>/",
        meetings_views.topic_conclude,
        name="topic-conclude",
    ),
    path("assignments/", assignments_views.assignment_list, name="assignment-list"),
    path("assignments/new/", assignments_views.assignment_new, name="assignment-new"),
    path("assignments/<int:pk>/", assignments_views.assignment, name="assignment"),
    path(
        "assignments/<int:pk>/report/",
        assignments_views.assignment_report,
        name="assignment-report",
    ),
    path("documents/", documents_views.document_list, name="document-list"),
    path("documents/new/", documents_views.document_new, name="document-new"),
    path("documents/<int:pk>/", documents_views.document, name="document"),
    path("documents/<int:pk>/edit/", documents_views.document_edit, name="document-edit"),
    path("documents/<int:pk>/opinions/new/", documents_views.opinion_new, name="opinion-new"),
    path("committee/", members_views.committee, name="committee"),
    path("committee/members/new/", members_views.member_new, name="member-new"),
    path("committee/members/<int:pk>/", members_views.member_edit, name="member-edit"),
    path("activities/", views.activity_list, name="activity-list"),
    path("activities/new/", views.activity_new, name="activity-new"),
    path("activities/<int:pk>/", views.activity, name="activity"),
    path("activities/<int:pk>/edit/", views.activity_edit, name="activity-edit"),
]
