"""Meetings of the steering committee, assignments, activities."""

from django.urls import path

from targets.views import activities, assignments, meetings

urlpatterns = [
    path("meetings/", meetings.meeting_list, name="meeting-list"),
    path("meetings/new/", meetings.meeting_new, name="meeting-new"),
    path("meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("meetings/<int:pk>/edit/", meetings.meeting_edit, name="meeting-edit"),
    path("meetings/<int:pk>/open/", meetings.meeting_open, name="meeting-open"),
    path("meetings/<int:pk>/close/", meetings.meeting_close, name="meeting-close"),
    path("meetings/<int:pk>/discard/", meetings.meeting_discard, name="meeting-discard"),
    path("meetings/<int:pk>/minutes.docx", meetings.meeting_minutes, name="meeting-minutes"),
    path("meetings/<int:pk>/screen/", meetings.meeting_screen, name="meeting-screen"),
    path("meetings/<int:pk>/topics/new/", meetings.topic_new, name="topic-new"),
    path(
        "meetings/<int:pk>/topics/<int:topic_pk>/",
        meetings.topic_conclude,
        name="topic-conclude",
    ),
    path("assignments/", assignments.assignment_list, name="assignment-list"),
    path("assignments/new/", assignments.assignment_new, name="assignment-new"),
    path("assignments/<int:pk>/", assignments.assignment, name="assignment"),
    path(
        "assignments/<int:pk>/report/",
        assignments.assignment_report,
        name="assignment-report",
    ),
    path("activities/", activities.activity_list, name="activity-list"),
    path("activities/new/", activities.activity_new, name="activity-new"),
    path("activities/<int:pk>/", activities.activity, name="activity"),
    path("activities/<int:pk>/edit/", activities.activity_edit, name="activity-edit"),
]
