"""Addresses of the readiness app."""

from django.urls import URLPattern, URLResolver, path

from readiness.views.style import show_style

app_name = "readiness"

urlpatterns: list[URLPattern | URLResolver] = [
    path("style/", show_style, name="style-show"),
]
