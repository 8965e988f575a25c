"""Overview, targets, districts; saved views."""

from django.urls import include, path

from targets.dashboard import views
from targets.dashboard.districts.views import unit_detail, unit_list
from targets.dashboard.target.views import target_detail
from targets.dashboard.unit_search import unit_search

urlpatterns = [
    path("", views.overview_page, name="overview"),
    path("targets/<slug:code>/", target_detail, name="target-detail"),
    path("units/", unit_list, name="unit-list"),
    path("units/search/", unit_search, name="unit-search"),
    path("units/<slug:code>/", unit_detail, name="unit-detail"),
    path("views/", include("targets.dashboard.saved_views.urls")),
]
