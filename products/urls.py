"""Lists and pages of what exists."""

from django.urls import path

from products import views

urlpatterns = [
    path("products/", views.product_list, name="product-list"),
    path("products/<int:pk>/", views.product_detail, name="product-detail"),
    path("ip/", views.ip_list, name="ip-list"),
    path("tasks/", views.task_list, name="task-list"),
]
