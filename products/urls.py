"""Lists and pages of what exists, and the forms it is entered with."""

from django.urls import include, path

from products.catalogue import views
from products.entry.views import autosave, records, several

urlpatterns = [
    path("products/", views.product_list, name="product-list"),
    path("products/similar/", autosave.similar_products, name="product-similar"),
    path("products/<int:pk>/", views.product_detail, name="product-detail"),
    path("producers/", views.producer_list, name="producer-list"),
    path("ip/", views.ip_list, name="ip-list"),
    path("tasks/", views.task_list, name="task-list"),
    path("records/submit/", records.submit, name="submit"),
    path("records/discard/", records.discard, name="discard"),
    path("records/<slug:kind>/new/", records.record_new, name="record-new"),
    path("records/<slug:kind>/several/", several.several, name="record-several"),
    path("records/<slug:kind>/hints/", autosave.hints, name="record-hints"),
    path("records/<slug:kind>/<int:pk>/", records.record_page, name="record"),
    path("records/<slug:kind>/<int:pk>/edit/", records.record_edit, name="record-edit"),
    path("records/<slug:kind>/<int:pk>/history/", records.record_history, name="record-history"),
    path("drafts/", autosave.draft_keep, name="draft-keep"),
    path("drafts/discard/", records.draft_discard, name="draft-discard"),
    path("", include("products.evidence.urls")),
    path("", include("products.ratings.urls")),
]
