"""What needs attention, and saved views."""

from django.urls import path

from targets.attention import views
from targets.dashboard.saved_views import views as saved_views_views

urlpatterns = [
    path("attention/", views.attention_list, name="attention-list"),
    path("attention/put-aside/", views.attention_put_aside, name="attention-put-aside"),
    path("attention/bring-back/", views.attention_bring_back, name="attention-bring-back"),
    path("views/", saved_views_views.view_list, name="view-list"),
    path("views/<int:pk>/", saved_views_views.view_change, name="view-change"),
    path("views/<int:pk>/delete/", saved_views_views.view_delete, name="view-delete"),
]
