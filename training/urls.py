"""Addresses of the training app."""

from django.urls import URLPattern, URLResolver, path

from training.views.people import (
    list_course_people,
    list_roster,
    list_trainees,
    show_matrix,
    show_person,
)

app_name = "training"

urlpatterns: list[URLPattern | URLResolver] = [
    path("p/<uuid:project>/training/", show_matrix, name="matrix-show"),
    path("p/<uuid:project>/training/people/", list_trainees, name="trainee-list"),
    path("p/<uuid:project>/training/<uuid:course>/", list_course_people, name="course-people"),
    path("p/<uuid:project>/people/", list_roster, name="roster-list"),
    path("p/<uuid:project>/people/<uuid:person>/", show_person, name="person-detail"),
]
