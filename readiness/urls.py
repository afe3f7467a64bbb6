"""Addresses of the readiness app."""

from django.urls import URLPattern, URLResolver, path

from readiness.views.demo import enter_demo, show_demo
from readiness.views.health import show_live, show_ready
from readiness.views.style import show_style

app_name = "readiness"

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", show_ready, name="health-ready"),
    path("health/live/", show_live, name="health-live"),
    path("demo/", show_demo, name="demo-show"),
    path("demo/enter/", enter_demo, name="demo-enter"),
    path("style/", show_style, name="style-show"),
]
