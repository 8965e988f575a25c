"""Lists of what exists, and a product's page."""

from django.urls import path

from products.catalogue import views

urlpatterns = [
    path("products/", views.product_list, name="product-list"),
    path("products/<int:pk>/", views.product_detail, name="product-detail"),
    path("producers/", views.producer_list, name="producer-list"),
    path("ip/", views.ip_list, name="ip-list"),
    path("tasks/", views.task_list, name="task-list"),
]
