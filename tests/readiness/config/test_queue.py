"""The queue and the cache between processes."""

from pathlib import Path

from readiness.config import queue
from readiness.config.settings import CELERY_TASK_TIME_LIMIT


class TestThroughRedis:
    def test_gives_work_back_only_after_it_must_have_ended(self) -> None:
        assert int(str(queue.THROUGH_REDIS["visibility_timeout"])) > 2 * CELERY_TASK_TIME_LIMIT


class TestCacheInRedis:
    def test_holds_nothing_that_could_run(self) -> None:
        options = queue.cache_in_redis("redis://redis:6379/0")["OPTIONS"]
        assert options["SERIALIZER"].endswith("JSONSerializer")


class TestCacheInFiles:
    def test_lies_in_the_folder_it_is_given(self) -> None:
        assert queue.cache_in_files(Path("var/cache"))["LOCATION"] == "var/cache"


class TestSchedule:
    def test_drops_what_the_next_ring_repeats(self) -> None:
        often = [entry for entry in queue.SCHEDULE.values() if isinstance(entry["schedule"], float)]
        assert often
        for entry in often:
            assert entry["options"]["expires"] == entry["schedule"]
