"""The last address of the REST interface: whatever no other one answers."""

from django.urls import re_path

from governance.api.views import UnknownAddress

urlpatterns = [re_path(r"^.*$", UnknownAddress.as_view(schema=None), name="unknown")]
