"""Addresses of the uat app."""

from django.urls import URLPattern, URLResolver

app_name = "uat"

urlpatterns: list[URLPattern | URLResolver] = []
