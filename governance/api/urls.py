"""Addresses of the REST interface below governance."""

from django.urls import URLPattern, URLResolver, path

from governance.api.callers import CallerView

urlpatterns: list[URLPattern | URLResolver] = [
    path("caller/", CallerView.as_view(), name="caller-show"),
]
