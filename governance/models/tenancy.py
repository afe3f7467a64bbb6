"""Keep every row with its own client: foreign keys over two columns, in the database.

A plain foreign key says that a parent exists. These say that it is of the same project, or
of the same organisation, so that no code, however wrong, can tie one client's row to
another's.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState
from django.db.models import BaseConstraint, Field, Model, UniqueConstraint
from django.db.models.fields.related import ForeignKey

_FOREIGN_KEY = (
    "CONSTRAINT %(name)s FOREIGN KEY (%(link)s, %(tenant)s)"
    " REFERENCES %(parent)s (%(key)s, %(parent_tenant)s) DEFERRABLE INITIALLY DEFERRED"
)


class SameTenant(BaseConstraint):
    """Let `link` lead only to a row whose `tenant` is this row's own.

    `link` is a foreign key of the model, `tenant` a column that both tables have. The
    parent needs a UniqueConstraint over its key and that column (see `parent_of`).
    """

    def __init__(self, *, link: str, tenant: str, name: str) -> None:
        """Keep the names of the two columns."""
        super().__init__(name=name)
        self.link = link
        self.tenant = tenant

    def constraint_sql(  # type: ignore[override]
        self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor
    ) -> str:
        """Return the line that stands in CREATE TABLE."""
        link = model._meta.get_field(self.link)
        tenant = model._meta.get_field(self.tenant)
        assert isinstance(link, ForeignKey)  # noqa: S101 - narrows: a link leads somewhere
        assert isinstance(tenant, Field)  # noqa: S101 - narrows: a tenant is a column
        parent = link.remote_field.model._meta
        columns = {
            "name": self.name,
            "link": link.column,
            "tenant": tenant.column,
            "parent": parent.db_table,
            "key": parent.pk.column,
            "parent_tenant": parent.get_field(self.tenant).column,  # type: ignore[union-attr]
        }
        quote = schema_editor.quote_name
        return _FOREIGN_KEY % {name: quote(str(column)) for name, column in columns.items()}

    def create_sql(  # type: ignore[override]
        self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor
    ) -> Statement:
        """Return the statement that adds the constraint to a table that is there."""
        quote = schema_editor.quote_name
        return Statement(
            "ALTER TABLE %(table)s ADD %(line)s",
            table=quote(model._meta.db_table),
            line=self.constraint_sql(model, schema_editor),
        )

    def remove_sql(  # type: ignore[override]
        self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor
    ) -> Statement:
        """Return the statement that takes the constraint away."""
        quote = schema_editor.quote_name
        return Statement(
            "ALTER TABLE %(table)s DROP CONSTRAINT %(name)s",
            table=quote(model._meta.db_table),
            name=quote(self.name),
        )

    def validate(self, model: type[Model], instance: Model, *args: Any, **kwargs: Any) -> None:
        """Leave the question to the database: forms choose among the tenant's own rows."""

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        """Return how a migration writes the constraint down."""
        path = f"{type(self).__module__}.{type(self).__qualname__}"
        return path, (), {"link": self.link, "tenant": self.tenant, "name": self.name}

    def __eq__(self, other: object) -> bool:
        """Compare by what is demanded and its name."""
        if not isinstance(other, SameTenant):
            return NotImplemented
        return self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        """Agree with equality."""
        return hash((self.link, self.tenant, self.name))


def of_one_project(row: str, *links: str, clients: Sequence[str] = ()) -> Iterator[BaseConstraint]:
    """Yield the keys of a table whose rows belong to a project, `row` being its noun.

    Its client is the project's; each of `links` leads to a row of the same project, each
    of `clients` to a row (an account, an import) of the same client.
    """
    yield SameTenant(link="project", tenant="organisation", name=f"{row}_has_its_projects_client")
    for link in links:
        yield SameTenant(link=link, tenant="project", name=f"{row}_and_{link}_share_a_project")
    yield from of_one_client(row, *clients)


def of_one_client(row: str, *links: str) -> Iterator[BaseConstraint]:
    """Yield the keys that tie each of `links` to the row's own organisation."""
    for link in links:
        yield SameTenant(link=link, tenant="organisation", name=f"{row}_and_{link}_share_a_client")


def parent_of(row: str, tenant: str = "project") -> UniqueConstraint:
    """Return the key by which other tables name a row together with its tenant."""
    return UniqueConstraint(fields=["id", tenant], name=f"{row}_has_one_{tenant}")


class AddConstraints(Operation):
    """Add constraints to many tables of an app at once.

    SQLite builds a table anew for each constraint, and migrations draw all models anew for
    each operation: this does either once.
    """

    reversible = True
    category = OperationCategory.ADDITION

    def __init__(self, constraints: Mapping[str, Sequence[BaseConstraint]]) -> None:
        """Keep what each table is to be given, by the name of its model in small letters."""
        self.constraints = {name: list(given) for name, given in constraints.items()}

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        """Return how a migration writes the operation down."""
        return type(self).__qualname__, (), {"constraints": self.constraints}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Add the constraints to the models as migrations know them."""
        changed = {(app_label, name) for name in self.constraints}
        for key in changed:
            held = state.models[key].options.get("constraints", [])
            state.models[key].options["constraints"] = [*held, *self.constraints[key[1]]]
        state.reload_models(sorted(changed), delay=False)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Add the constraints to the tables."""
        for name, constraint in self._one_by_one(schema_editor):
            schema_editor.add_constraint(to_state.apps.get_model(app_label, name), constraint)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Take the constraints away again."""
        for name, constraint in reversed(self._one_by_one(schema_editor)):
            schema_editor.remove_constraint(to_state.apps.get_model(app_label, name), constraint)

    def describe(self) -> str:
        """Say what the operation does."""
        number = sum(len(given) for given in self.constraints.values())
        return f"Add {number} constraints to {len(self.constraints)} tables"

    def _one_by_one(
        self, schema_editor: BaseDatabaseSchemaEditor
    ) -> list[tuple[str, BaseConstraint]]:
        """Return each with its table's model, the keys that others lead to before the rest.

        On SQLite one for each table: the table built anew has them all.
        """
        if schema_editor.connection.vendor == "sqlite":
            return [(name, given[0]) for name, given in self.constraints.items()]
        every = [(name, each) for name, given in self.constraints.items() for each in given]
        return sorted(every, key=lambda pair: isinstance(pair[1], SameTenant))
