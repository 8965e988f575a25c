"""Records as people enter them: forms, drafts, answers while typing, pages."""

from django.urls import path

from products.entry.views import autosave, records, several

urlpatterns = [
    path("products/similar/", autosave.similar_products, name="product-similar"),
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
]
