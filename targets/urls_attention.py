"""What needs attention, and saved views."""

from django.urls import path

from targets.views import attention, saved_views

urlpatterns = [
    path("attention/", attention.attention_list, name="attention-list"),
    path("attention/put-aside/", attention.attention_put_aside, name="attention-put-aside"),
    path("attention/bring-back/", attention.attention_bring_back, name="attention-bring-back"),
    path("views/", saved_views.view_list, name="view-list"),
    path("views/<int:pk>/", saved_views.view_change, name="view-change"),
    path("views/<int:pk>/delete/", saved_views.view_delete, name="view-delete"),
]
