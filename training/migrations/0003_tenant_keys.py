"""Keep every row with its own client: keys over two columns (see governance.models.tenancy)."""

from django.db import migrations, models

from governance.models.tenancy import AddConstraints, SameTenant


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0005_tenant_keys"),
        ("training", "0002_undone_imports"),
    ]

    operations = [
        AddConstraints(
            {
                "course": [
                    models.UniqueConstraint(
                        fields=["id", "project"], name="course_has_one_project"
                    ),
                    SameTenant(
                        link="project", tenant="organisation", name="course_has_its_projects_client"
                    ),
                    SameTenant(
                        link="process", tenant="project", name="course_and_process_share_a_project"
                    ),
                    SameTenant(
                        link="import_run",
                        tenant="organisation",
                        name="course_and_import_run_share_a_client",
                    ),
                ],
                "jobrole": [
                    models.UniqueConstraint(
                        fields=["id", "project"], name="job_role_has_one_project"
                    ),
                    SameTenant(
                        link="project",
                        tenant="organisation",
                        name="job_role_has_its_projects_client",
                    ),
                    SameTenant(
                        link="import_run",
                        tenant="organisation",
                        name="job_role_and_import_run_share_a_client",
                    ),
                ],
                "jobroleassignment": [
                    SameTenant(
                        link="project",
                        tenant="organisation",
                        name="assignment_has_its_projects_client",
                    ),
                    SameTenant(
                        link="person",
                        tenant="project",
                        name="assignment_and_person_share_a_project",
                    ),
                    SameTenant(
                        link="job_role",
                        tenant="project",
                        name="assignment_and_job_role_share_a_project",
                    ),
                    SameTenant(
                        link="import_run",
                        tenant="organisation",
                        name="assignment_and_import_run_share_a_client",
                    ),
                ],
                "requirement": [
                    SameTenant(
                        link="project",
                        tenant="organisation",
                        name="requirement_has_its_projects_client",
                    ),
                    SameTenant(
                        link="job_role",
                        tenant="project",
                        name="requirement_and_job_role_share_a_project",
                    ),
                    SameTenant(
                        link="course",
                        tenant="project",
                        name="requirement_and_course_share_a_project",
                    ),
                    SameTenant(
                        link="import_run",
                        tenant="organisation",
                        name="requirement_and_import_run_share_a_client",
                    ),
                ],
                "trainingrecord": [
                    SameTenant(
                        link="project", tenant="organisation", name="record_has_its_projects_client"
                    ),
                    SameTenant(
                        link="person", tenant="project", name="record_and_person_share_a_project"
                    ),
                    SameTenant(
                        link="course", tenant="project", name="record_and_course_share_a_project"
                    ),
                    SameTenant(
                        link="import_run",
                        tenant="organisation",
                        name="record_and_import_run_share_a_client",
                    ),
                ],
                "standing": [
                    SameTenant(
                        link="person", tenant="project", name="standing_and_person_share_a_project"
                    ),
                    SameTenant(
                        link="course", tenant="project", name="standing_and_course_share_a_project"
                    ),
                ],
            }
        ),
    ]
