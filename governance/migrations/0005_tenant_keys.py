"""Keep every row with its own client: keys over two columns (see governance.models.tenancy)."""

from django.db import migrations, models

from governance.models.tenancy import AddConstraints, SameTenant


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0004_accounts"),
    ]

    operations = [
        AddConstraints(
            {
                "user": [
                    models.UniqueConstraint(
                        fields=["id", "organisation"], name="account_has_one_organisation"
                    ),
                    SameTenant(
                        link="organisation",
                        tenant="kind",
                        name="an_account_is_of_its_organisations_kind",
                    ),
                ],
                "participation": [
                    SameTenant(
                        link="project",
                        tenant="organisation",
                        name="participation_has_its_projects_client",
                    ),
                ],
                "businessprocess": [
                    models.UniqueConstraint(
                        fields=["id", "project"], name="process_has_one_project"
                    ),
                    SameTenant(
                        link="project",
                        tenant="organisation",
                        name="process_has_its_projects_client",
                    ),
                    SameTenant(
                        link="parent", tenant="project", name="process_and_parent_share_a_project"
                    ),
                    SameTenant(
                        link="accountable",
                        tenant="project",
                        name="process_and_accountable_share_a_project",
                    ),
                    SameTenant(
                        link="owner", tenant="organisation", name="process_and_owner_share_a_client"
                    ),
                    SameTenant(
                        link="deputy",
                        tenant="organisation",
                        name="process_and_deputy_share_a_client",
                    ),
                    SameTenant(
                        link="import_run",
                        tenant="organisation",
                        name="process_and_import_run_share_a_client",
                    ),
                ],
                "ownership": [
                    SameTenant(
                        link="project",
                        tenant="organisation",
                        name="ownership_has_its_projects_client",
                    ),
                    SameTenant(
                        link="process",
                        tenant="project",
                        name="ownership_and_process_share_a_project",
                    ),
                ],
                "decision": [
                    models.UniqueConstraint(
                        fields=["id", "project"], name="decision_has_one_project"
                    ),
                    SameTenant(
                        link="project",
                        tenant="organisation",
                        name="decision_has_its_projects_client",
                    ),
                    SameTenant(
                        link="decider",
                        tenant="organisation",
                        name="decision_and_decider_share_a_client",
                    ),
                ],
                "decisionoutcome": [
                    SameTenant(
                        link="project",
                        tenant="organisation",
                        name="outcome_has_its_projects_client",
                    ),
                    SameTenant(
                        link="decision",
                        tenant="project",
                        name="outcome_and_decision_share_a_project",
                    ),
                ],
                "assumption": [
                    models.UniqueConstraint(
                        fields=["id", "project"], name="assumption_has_one_project"
                    ),
                    SameTenant(
                        link="project",
                        tenant="organisation",
                        name="assumption_has_its_projects_client",
                    ),
                ],
                "assumptionruling": [
                    SameTenant(
                        link="project", tenant="organisation", name="ruling_has_its_projects_client"
                    ),
                    SameTenant(
                        link="assumption",
                        tenant="project",
                        name="ruling_and_assumption_share_a_project",
                    ),
                ],
                "caveat": [
                    models.UniqueConstraint(
                        fields=["id", "project"], name="caveat_has_one_project"
                    ),
                    SameTenant(
                        link="project", tenant="organisation", name="caveat_has_its_projects_client"
                    ),
                ],
                "golivedate": [
                    SameTenant(
                        link="project", tenant="organisation", name="date_has_its_projects_client"
                    ),
                    SameTenant(
                        link="decision", tenant="project", name="date_and_decision_share_a_project"
                    ),
                ],
                "project": [
                    models.UniqueConstraint(
                        fields=["id", "organisation"], name="project_has_one_organisation"
                    ),
                ],
                "attachment": [
                    models.UniqueConstraint(
                        fields=["id", "organisation"], name="attachment_has_one_organisation"
                    ),
                    SameTenant(
                        link="project",
                        tenant="organisation",
                        name="attachment_has_its_projects_client",
                    ),
                ],
                "importrun": [
                    models.UniqueConstraint(
                        fields=["id", "organisation"], name="import_has_one_organisation"
                    ),
                    SameTenant(
                        link="project", tenant="organisation", name="import_has_its_projects_client"
                    ),
                    SameTenant(
                        link="attachment",
                        tenant="organisation",
                        name="import_and_attachment_share_a_client",
                    ),
                ],
                "importundo": [
                    SameTenant(
                        link="project", tenant="organisation", name="undo_has_its_projects_client"
                    ),
                    SameTenant(
                        link="import_run",
                        tenant="organisation",
                        name="undo_and_import_run_share_a_client",
                    ),
                ],
                "importchange": [
                    SameTenant(
                        link="project",
                        tenant="organisation",
                        name="import_change_has_its_projects_client",
                    ),
                    SameTenant(
                        link="import_run",
                        tenant="organisation",
                        name="import_change_and_import_run_share_a_client",
                    ),
                ],
                "columnmapping": [
                    SameTenant(
                        link="project",
                        tenant="organisation",
                        name="mapping_has_its_projects_client",
                    ),
                ],
                "invitation": [
                    SameTenant(
                        link="project",
                        tenant="organisation",
                        name="invitation_has_its_projects_client",
                    ),
                    SameTenant(
                        link="invited_by",
                        tenant="organisation",
                        name="invitation_and_invited_by_share_a_client",
                    ),
                ],
                "department": [
                    models.UniqueConstraint(
                        fields=["id", "project"], name="department_has_one_project"
                    ),
                    SameTenant(
                        link="project",
                        tenant="organisation",
                        name="department_has_its_projects_client",
                    ),
                    SameTenant(
                        link="manager",
                        tenant="organisation",
                        name="department_and_manager_share_a_client",
                    ),
                    SameTenant(
                        link="import_run",
                        tenant="organisation",
                        name="department_and_import_run_share_a_client",
                    ),
                ],
                "person": [
                    models.UniqueConstraint(
                        fields=["id", "project"], name="person_has_one_project"
                    ),
                    SameTenant(
                        link="project", tenant="organisation", name="person_has_its_projects_client"
                    ),
                    SameTenant(
                        link="department",
                        tenant="project",
                        name="person_and_department_share_a_project",
                    ),
                    SameTenant(
                        link="account",
                        tenant="organisation",
                        name="person_and_account_share_a_client",
                    ),
                    SameTenant(
                        link="import_run",
                        tenant="organisation",
                        name="person_and_import_run_share_a_client",
                    ),
                ],
                "authenticatorreset": [
                    SameTenant(
                        link="account",
                        tenant="organisation",
                        name="reset_and_account_share_a_client",
                    ),
                    SameTenant(
                        link="reset_by",
                        tenant="organisation",
                        name="reset_and_reset_by_share_a_client",
                    ),
                ],
                "signoff": [
                    SameTenant(
                        link="project",
                        tenant="organisation",
                        name="signature_has_its_projects_client",
                    ),
                    SameTenant(
                        link="process",
                        tenant="project",
                        name="signature_and_process_share_a_project",
                    ),
                ],
            }
        ),
    ]
