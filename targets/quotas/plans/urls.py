"""Plans and the drafts of new ones."""

from django.urls import path

from targets.quotas.plans import views

urlpatterns = [
    path("", views.plan_list, name="plan-list"),
    path("new/", views.plan_new, name="plan-new"),
    path("<int:pk>/", views.plan_page, name="plan"),
    path("<int:pk>/edit/", views.plan_edit, name="plan-edit"),
    path("<int:pk>/start/", views.plan_start, name="plan-start"),
    path("<int:pk>/discard/", views.plan_discard, name="plan-discard"),
    path("<int:pk>/targets/new/", views.plan_target, name="plan-target-new"),
    path("<int:pk>/targets/<int:target_pk>/", views.plan_target, name="plan-target"),
    path(
        "<int:pk>/targets/<int:target_pk>/remove/",
        views.plan_target_remove,
        name="plan-target-remove",
    ),
]
