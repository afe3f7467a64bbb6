"""Keep every row with its own client: keys over two columns (see governance.models.tenancy)."""

from django.db import migrations, models

from governance.models.tenancy import AddConstraints, SameTenant


class Migration(migrations.Migration):
    dependencies = [
        ("readiness", "0007_tenant_keys"),
        ("reports", "0002_language_of_a_report"),
    ]

    operations = [
        AddConstraints(
            {
                "report": [
                    models.UniqueConstraint(
                        fields=["id", "project"], name="report_has_one_project"
                    ),
                    SameTenant(
                        link="project", tenant="organisation", name="report_has_its_projects_client"
                    ),
                    SameTenant(
                        link="snapshot",
                        tenant="project",
                        name="report_and_snapshot_share_a_project",
                    ),
                    SameTenant(
                        link="previous",
                        tenant="project",
                        name="report_and_previous_share_a_project",
                    ),
                ],
            }
        ),
    ]
