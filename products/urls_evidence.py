"""Evidence of records: adding, looking, downloading, removing."""

from django.urls import path

from products.views import evidence

urlpatterns = [
    path("evidence/<slug:kind>/<int:pk>/", evidence.evidence_add, name="evidence-add"),
    path("evidence/<uuid:pk>/", evidence.evidence_file, name="evidence-file"),
    path("evidence/<uuid:pk>/page-<int:number>.jpg", evidence.evidence_page, name="evidence-page"),
    path("evidence/<uuid:pk>/remove/", evidence.evidence_remove, name="evidence-remove"),
]
