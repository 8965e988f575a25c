"""Pages on which mistakes are taken back."""

from django.urls import path

from products.takeback import views

urlpatterns = [
    path("records/<slug:kind>/<int:pk>/cancel/", views.record_cancel, name="record-cancel"),
    path("records/<slug:kind>/<int:pk>/restore/", views.record_restore, name="record-restore"),
    path("cancelled/", views.cancelled_list, name="cancelled-list"),
]
