"""Lists and pages of what exists, and the forms it is entered with."""

from django.urls import include, path

from products.views import lists, records, several, typing

urlpatterns = [
    path("products/", lists.product_list, name="product-list"),
    path("products/similar/", typing.similar_products, name="product-similar"),
    path("products/<int:pk>/", lists.product_detail, name="product-detail"),
    path("producers/", lists.producer_list, name="producer-list"),
    path("ip/", lists.ip_list, name="ip-list"),
    path("tasks/", lists.task_list, name="task-list"),
    path("records/submit/", records.submit, name="submit"),
    path("records/discard/", records.discard, name="discard"),
    path("records/<slug:kind>/new/", records.record_new, name="record-new"),
    path("records/<slug:kind>/several/", several.several, name="record-several"),
    path("records/<slug:kind>/hints/", typing.hints, name="record-hints"),
    path("records/<slug:kind>/<int:pk>/", records.record_page, name="record"),
    path("records/<slug:kind>/<int:pk>/edit/", records.record_edit, name="record-edit"),
    path("records/<slug:kind>/<int:pk>/history/", records.record_history, name="record-history"),
    path("drafts/", typing.draft_keep, name="draft-keep"),
    path("drafts/discard/", records.draft_discard, name="draft-discard"),
    path("", include("products.urls_evidence")),
    path("", include("products.urls_ratings")),
]
