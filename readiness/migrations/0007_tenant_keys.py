"""Keep every row with its own client: keys over two columns (see governance.models.tenancy)."""

from django.db import migrations, models

from governance.models.tenancy import AddConstraints, SameTenant


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0005_tenant_keys"),
        ("uat", "0004_tenant_keys"),
        ("readiness", "0006_digests"),
    ]

    operations = [
        AddConstraints(
            {
                "acceptance": [
                    models.UniqueConstraint(
                        fields=["id", "project"], name="acceptance_has_one_project"
                    ),
                    SameTenant(
                        link="project",
                        tenant="organisation",
                        name="acceptance_has_its_projects_client",
                    ),
                    SameTenant(
                        link="extends",
                        tenant="project",
                        name="acceptance_and_extends_share_a_project",
                    ),
                ],
                "acceptancewithdrawal": [
                    SameTenant(
                        link="project",
                        tenant="organisation",
                        name="withdrawal_has_its_projects_client",
                    ),
                    SameTenant(
                        link="acceptance",
                        tenant="project",
                        name="withdrawal_and_acceptance_share_a_project",
                    ),
                ],
                "caveatresolution": [
                    SameTenant(
                        link="project",
                        tenant="organisation",
                        name="resolution_has_its_projects_client",
                    ),
                    SameTenant(
                        link="caveat",
                        tenant="project",
                        name="resolution_and_caveat_share_a_project",
                    ),
                ],
                "gate": [
                    SameTenant(
                        link="project", tenant="organisation", name="gate_has_its_projects_client"
                    ),
                ],
                "exemption": [
                    SameTenant(
                        link="project",
                        tenant="organisation",
                        name="exemption_has_its_projects_client",
                    ),
                ],
                "reportedreading": [
                    SameTenant(
                        link="project",
                        tenant="organisation",
                        name="reading_has_its_projects_client",
                    ),
                    SameTenant(
                        link="process", tenant="project", name="reading_and_process_share_a_project"
                    ),
                ],
                "reportedstatus": [
                    SameTenant(
                        link="project", tenant="organisation", name="status_has_its_projects_client"
                    ),
                ],
                "acceptancerequest": [
                    models.UniqueConstraint(
                        fields=["id", "project"], name="request_has_one_project"
                    ),
                    SameTenant(
                        link="project",
                        tenant="organisation",
                        name="request_has_its_projects_client",
                    ),
                ],
                "acceptanceanswer": [
                    SameTenant(
                        link="project", tenant="organisation", name="answer_has_its_projects_client"
                    ),
                    SameTenant(
                        link="request", tenant="project", name="answer_and_request_share_a_project"
                    ),
                    SameTenant(
                        link="acceptance",
                        tenant="project",
                        name="answer_and_acceptance_share_a_project",
                    ),
                ],
                "snapshot": [
                    models.UniqueConstraint(
                        fields=["id", "project"], name="snapshot_has_one_project"
                    ),
                    SameTenant(
                        link="project",
                        tenant="organisation",
                        name="snapshot_has_its_projects_client",
                    ),
                ],
                "finding": [
                    SameTenant(
                        link="project",
                        tenant="organisation",
                        name="finding_has_its_projects_client",
                    ),
                    SameTenant(
                        link="snapshot",
                        tenant="project",
                        name="finding_and_snapshot_share_a_project",
                    ),
                ],
                "night": [
                    SameTenant(
                        link="project", tenant="organisation", name="night_has_its_projects_client"
                    ),
                    SameTenant(
                        link="snapshot", tenant="project", name="night_and_snapshot_share_a_project"
                    ),
                ],
                "visit": [
                    SameTenant(
                        link="project", tenant="organisation", name="visit_has_its_projects_client"
                    ),
                    SameTenant(
                        link="seen", tenant="project", name="visit_and_seen_share_a_project"
                    ),
                    SameTenant(
                        link="since", tenant="project", name="visit_and_since_share_a_project"
                    ),
                ],
            }
        ),
    ]
