"""Products registered before their first rating."""

from django.urls import path

from products.entry.registrations import views

urlpatterns = [
    path("", views.registration_list, name="registration-list"),
    path("new/", views.registration_new, name="registration-new"),
    path("<int:pk>/", views.registration, name="registration"),
    path("<int:pk>/edit/", views.registration_edit, name="registration-edit"),
    path("<int:pk>/link/", views.registration_link, name="registration-link"),
    path("<int:pk>/withdraw/", views.registration_withdraw, name="registration-withdraw"),
]
