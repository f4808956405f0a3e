"""The addresses of the pages."""

from django.urls import path

from workflow.views import about

urlpatterns = [
    path("about/", about.about, name="about"),
    path("", about.about, name="inbox"),
]
