"""Keep every row with its own client: keys over two columns (see governance.models.tenancy)."""

from django.db import migrations, models

from governance.models.tenancy import AddConstraints, SameTenant


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0005_tenant_keys"),
        ("uat", "0003_undone_imports"),
    ]

    operations = [
        AddConstraints(
            {
                "scenario": [
                    models.UniqueConstraint(
                        fields=["id", "project"], name="scenario_has_one_project"
                    ),
                    SameTenant(
                        link="project",
                        tenant="organisation",
                        name="scenario_has_its_projects_client",
                    ),
                    SameTenant(
                        link="process",
                        tenant="project",
                        name="scenario_and_process_share_a_project",
                    ),
                    SameTenant(
                        link="latest_execution",
                        tenant="project",
                        name="scenario_and_latest_execution_share_a_project",
                    ),
                    SameTenant(
                        link="import_run",
                        tenant="organisation",
                        name="scenario_and_import_run_share_a_client",
                    ),
                ],
                "testerassignment": [
                    SameTenant(
                        link="project", tenant="organisation", name="tester_has_its_projects_client"
                    ),
                    SameTenant(
                        link="person", tenant="project", name="tester_and_person_share_a_project"
                    ),
                    SameTenant(
                        link="process", tenant="project", name="tester_and_process_share_a_project"
                    ),
                    SameTenant(
                        link="import_run",
                        tenant="organisation",
                        name="tester_and_import_run_share_a_client",
                    ),
                ],
                "defect": [
                    models.UniqueConstraint(
                        fields=["id", "project"], name="defect_has_one_project"
                    ),
                    SameTenant(
                        link="project", tenant="organisation", name="defect_has_its_projects_client"
                    ),
                    SameTenant(
                        link="scenario",
                        tenant="project",
                        name="defect_and_scenario_share_a_project",
                    ),
                    SameTenant(
                        link="process", tenant="project", name="defect_and_process_share_a_project"
                    ),
                    SameTenant(
                        link="import_run",
                        tenant="organisation",
                        name="defect_and_import_run_share_a_client",
                    ),
                ],
                "defectevent": [
                    SameTenant(
                        link="project",
                        tenant="organisation",
                        name="defect_event_has_its_projects_client",
                    ),
                    SameTenant(
                        link="defect",
                        tenant="project",
                        name="defect_event_and_defect_share_a_project",
                    ),
                    SameTenant(
                        link="import_run",
                        tenant="organisation",
                        name="defect_event_and_import_run_share_a_client",
                    ),
                ],
                "execution": [
                    models.UniqueConstraint(fields=["id", "project"], name="run_has_one_project"),
                    SameTenant(
                        link="project", tenant="organisation", name="run_has_its_projects_client"
                    ),
                    SameTenant(
                        link="scenario", tenant="project", name="run_and_scenario_share_a_project"
                    ),
                    SameTenant(
                        link="person", tenant="project", name="run_and_person_share_a_project"
                    ),
                    SameTenant(
                        link="import_run",
                        tenant="organisation",
                        name="run_and_import_run_share_a_client",
                    ),
                ],
                "change": [
                    SameTenant(
                        link="project", tenant="organisation", name="change_has_its_projects_client"
                    ),
                    SameTenant(
                        link="process", tenant="project", name="change_and_process_share_a_project"
                    ),
                ],
                "stepresult": [
                    SameTenant(
                        link="project", tenant="organisation", name="step_has_its_projects_client"
                    ),
                    SameTenant(
                        link="execution",
                        tenant="project",
                        name="step_and_execution_share_a_project",
                    ),
                ],
                "photo": [
                    SameTenant(
                        link="project", tenant="organisation", name="photo_has_its_projects_client"
                    ),
                    SameTenant(
                        link="execution",
                        tenant="project",
                        name="photo_and_execution_share_a_project",
                    ),
                    SameTenant(
                        link="attachment",
                        tenant="organisation",
                        name="photo_and_attachment_share_a_client",
                    ),
                ],
            }
        ),
    ]
