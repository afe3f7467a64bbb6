"""Settings of the matrix: those of the tests, without limits on how often somebody asks."""

from tests.settings import *  # noqa: F403

API_REQUESTS_PER_MINUTE = 10**9
