"""What a load balancer asks: can this process serve?"""

from dataclasses import asdict, dataclass

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from governance.services.freezing import records_frozen, records_never_verified

PATIENCE_SECONDS = 2


@dataclass(frozen=True, slots=True)
class Health:
    """What this process needs to serve, each there or not.

    `record` says beside it whether every project's record verified: sound, unsound or
    unverified. An unsound one freezes the gates and keeps nobody from serving.
    """

    database: bool
    migrations: bool
    queue: bool
    record: str

    @property
    def is_ready(self) -> bool:
        """Say whether everything needed is there."""
        return self.database and self.migrations and self.queue

    def as_answer(self) -> dict[str, bool | str]:
        """Return the parts by name, and the whole."""
        return {**asdict(self), "ready": self.is_ready}


def look_after_health() -> Health:
    """Ask the database, its migrations and the queue."""
    database, migrations = _database()
    record = _record() if database and migrations else "unverified"
    return Health(database=database, migrations=migrations, queue=_queue(), record=record)


def _database() -> tuple[bool, bool]:
    """Return whether the database answers, and whether its tables are those of this code."""
    try:
        executor = MigrationExecutor(connection)
        targets = executor.loader.graph.leaf_nodes()
        return True, not executor.migration_plan(targets)
    except DatabaseError:
        return False, False


def _record() -> str:
    """Return whether every record verified when it was looked at last."""
    if records_frozen():
        return "unsound"
    return "unverified" if records_never_verified() else "sound"


def _queue() -> bool:
    """Return whether the queue takes messages; the embedded one is a folder and always does."""
    if not settings.REDIS_URL:
        return True
    try:
        with redis.Redis.from_url(
            settings.REDIS_URL,
            socket_timeout=PATIENCE_SECONDS,
            socket_connect_timeout=PATIENCE_SECONDS,
        ) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False
