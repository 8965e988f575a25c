"""Pages on which mistakes are taken back."""

from django.urls import path

from products.takeback.views import cancelling, doubles, merging

urlpatterns = [
    path("records/<slug:kind>/<int:pk>/cancel/", cancelling.record_cancel, name="record-cancel"),
    path("records/<slug:kind>/<int:pk>/restore/", cancelling.record_restore, name="record-restore"),
    path("records/<slug:kind>/<int:pk>/merge/", merging.record_merge, name="record-merge"),
    path(
        "records/<slug:kind>/<int:pk>/separate/",
        cancelling.record_separate,
        name="record-separate",
    ),
    path("doubles/", doubles.double_list, name="double-list"),
    path("doubles/not/", doubles.not_double, name="not-double"),
    path("cancelled/", cancelling.cancelled_list, name="cancelled-list"),
]
