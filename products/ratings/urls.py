"""Addresses of ratings and their scoring sheets."""

from django.urls import path

from products.ratings import views

urlpatterns = [
    path("ratings/", views.rating_list, name="rating-list"),
    path("ratings/<int:pk>/", views.rating_detail, name="rating-detail"),
    path("ratings/<int:pk>/sheets/<int:number>/", views.rating_sheet, name="rating-sheet"),
    path("ratings/<int:pk>/sheets/<int:number>/score/", views.rating_score, name="rating-score"),
    path(
        "ratings/<int:pk>/sheets/<int:number>/remove/",
        views.rating_sheet_remove,
        name="rating-sheet-remove",
    ),
]
