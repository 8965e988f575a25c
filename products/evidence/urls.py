"""Evidence of records: adding, looking, downloading, removing."""

from django.urls import path

from products.evidence import views

urlpatterns = [
    path("evidence/<slug:kind>/<int:pk>/", views.evidence_add, name="evidence-add"),
    path("evidence/<uuid:pk>/", views.evidence_file, name="evidence-file"),
    path("evidence/<uuid:pk>/page-<int:number>.jpg", views.evidence_page, name="evidence-page"),
    path("evidence/<uuid:pk>/remove/", views.evidence_remove, name="evidence-remove"),
]
