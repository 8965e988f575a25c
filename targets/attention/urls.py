"""What needs attention."""

from django.urls import path

from targets.attention import views

urlpatterns = [
    path("", views.attention_list, name="attention-list"),
    path("put-aside/", views.attention_dismiss, name="attention-put-aside"),
    path("bring-back/", views.attention_restore, name="attention-bring-back"),
]
