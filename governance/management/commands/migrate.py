"""Migrate, then put back the append-only triggers and whatever ships with the product."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as MigrateCommand
from django.db import DEFAULT_DB_ALIAS, connections
from django.utils.module_loading import import_string

from governance.record import guards


class Command(MigrateCommand):
    """Migrate the database; append-only tables are guarded again afterwards.

    Then settings.AFTER_MIGRATE are called: the map knows no floor above it.
    """

    def handle(self, *args: Any, **options: Any) -> None:
        """Run Django's command, then the guards.

        :raises CommandError: a trigger is missing after it was put back.
        """
        connection = connections[options["database"]]
        laid_aside = [] if _only_looks(options) else guards.lay_aside(connection)
        try:
            super().handle(*args, **options)
        finally:
            guards.bring_back(connection, laid_aside)
        tables = set(connection.introspection.table_names())
        if not all(model._meta.db_table in tables for model in guards.guarded_models()):
            return
        guards.put_back(connection)
        absent = guards.missing(connection)
        if absent:
            message = f"append-only triggers are missing: {', '.join(absent)}"
            raise CommandError(message)
        if options["database"] == DEFAULT_DB_ALIAS:
            for name in settings.AFTER_MIGRATE:
                import_string(name)()


def _only_looks(options: dict[str, Any]) -> bool:
    """Say whether nothing will be changed."""
    return bool(options["plan"] or options["check_unapplied"])
