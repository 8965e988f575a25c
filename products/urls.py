"""Lists and pages of what exists, and the forms it is entered with."""

from django.urls import include, path

urlpatterns = [
    path("", include("products.catalogue.urls")),
    path("", include("products.entry.urls")),
    path("registrations/", include("products.entry.registrations.urls")),
    path("", include("products.evidence.urls")),
    path("", include("products.ratings.urls")),
    path("", include("products.takeback.urls")),
]
