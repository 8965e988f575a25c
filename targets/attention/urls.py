"""What needs attention."""

from django.urls import path

from targets.attention import views

urlpatterns = [
    path("", views.attention_list, name="attention-list"),
    path("put-aside/", views.attention_put_aside, name="attention-put-aside"),
    path("bring-back/", views.attention_bring_back, name="attention-bring-back"),
]
