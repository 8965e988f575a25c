"""Addresses of ratings and their scoring sheets."""

from django.urls import path

from products.views import ratings

urlpatterns = [
    path("ratings/", ratings.rating_list, name="rating-list"),
    path("ratings/<int:pk>/", ratings.rating_detail, name="rating-detail"),
    path("ratings/<int:pk>/sheets/<int:number>/", ratings.rating_sheet, name="rating-sheet"),
    path("ratings/<int:pk>/sheets/<int:number>/score/", ratings.rating_score, name="rating-score"),
    path(
        "ratings/<int:pk>/sheets/<int:number>/remove/",
        ratings.rating_sheet_remove,
        name="rating-sheet-remove",
    ),
]
