"""Pull the photo of a run."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from governance.api.views import ApiView, not_found, ready_made
from uat.models import Photo
from uat.services.photos import PhotoGone, open_photo


class JpegRenderer(BaseRenderer):
    """A photo; the view makes the bytes, this names the format."""

    media_type = "image/jpeg"
    format = "jpg"
    charset = None
    render_style = "binary"


class PhotoFileView(ApiView):
    """One photo as a file."""

    renderer_classes = [JpegRenderer]

    @extend_schema(
        operation_id="photo_file",
        summary="Download the photo of a run",
        description="A JPEG without what the camera wrote into it; the ETag is its SHA-256.",
        tags=["Testing"],
        responses={(200, "image/jpeg"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, project: UUID, photo: UUID) -> HttpResponse:
        """Send the kept file.

        :raises Http404: it is not there, or no longer what was kept.
        """
        rows = Photo.objects.filter(project=self.reached_project(project))
        found = get_object_or_404(rows.select_related("attachment"), public_id=photo)
        try:
            content = open_photo(photo=found)
        except PhotoGone as gone:
            raise not_found() from gone
        answer = ready_made(content, etag=found.sha256, media_type="image/jpeg")
        answer["Content-Disposition"] = 'attachment; filename="photo.jpg"'
        return answer
