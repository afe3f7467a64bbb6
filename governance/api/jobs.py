"""Ask how far a piece of background work has come."""

from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api.serializers import JobSerializer
from governance.api.views import ApiView
from governance.models import Job


class JobView(ApiView):
    """One piece of work: an import, a judgement, a report."""

    @extend_schema(
        operation_id="job_show", summary="One job", tags=["Jobs"], responses=JobSerializer
    )
    def get(self, request: Request, project: UUID, job: UUID) -> Response:
        """Show the state and the progress of a job."""
        rows = Job.objects.filter(project=self.reached_project(project))
        return Response(JobSerializer(get_object_or_404(rows, public_id=job)).data)
