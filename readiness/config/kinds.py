"""What each kind of import and of job calls, by name: the map knows no floor above it."""

IMPORT_KINDS = {
    "catalogue": "uat.imports.catalogue.CatalogueImport",
    "executions": "uat.imports.executions.ExecutionsImport",
    "defects": "uat.imports.defects.DefectsImport",
    "testers": "uat.imports.testers.TestersImport",
    "roster": "training.imports.roster.RosterImport",
    "courses": "training.imports.courses.CoursesImport",
    "training": "training.imports.records.RecordsImport",
    "raid": "governance.imports.raid.RaidImport",
    "adr": "governance.imports.records.DecisionRecordsImport",
    "calendar": "governance.imports.calendars.CalendarImport",
    "checklist": "readiness.imports.checklists.ChecklistImport",
    "portfolio": "readiness.imports.portfolio.PortfolioImport",
}
# What waits for a decision or rests on an assumption, beside processes: who knows it by its code.
DEPENDENTS = {
    "SCENARIO": "uat.services.dependents.known_scenarios",
    "CRITERION": "readiness.services.dependents.known_criteria",
}
# What waits longer while a decision is open: the scenarios it may hold up, and all that are left.
EXPOSED = {
    "scenarios": "uat.querysets.exposed.scenarios_held",
    "left": "uat.querysets.exposed.scenarios_left",
}
# What can be escalated: who finds a row of a project by its noun and its identifier.
ESCALATED = {
    "decision": "governance.services.subjects.decision",
    "assumption": "governance.services.subjects.assumption",
    "process": "governance.services.subjects.process",
    "raid": "governance.services.subjects.raid",
    "people_request": "governance.services.subjects.people_request",
    "scenario": "uat.services.subjects.scenario",
    "defect": "uat.services.subjects.defect",
    "criterion": "readiness.services.subjects.criterion",
    "request": "readiness.services.subjects.request",
}
# What stands on the agenda of a steering meeting: who tells it, as it was at a moment.
AGENDA = ["governance.pages.agenda.map_points", "readiness.pages.agenda.gate_points"]
# Rows and columns that are derived from facts: none of them keeps an import from being undone.
DERIVED_FROM_FACTS = frozenset(
    {
        "governance.BusinessProcess.accountable",
        "training.Standing",
        "uat.Scenario.latest_execution",
    }
)
JOB_KINDS = {
    "import": "governance.imports.run.run_import",
    "evaluate": "readiness.services.evaluation.evaluate_marked_project",
    "letter": "governance.rendering.letters.run_letter",
    "record-mail": "governance.rendering.record_mail.run_record_mail",
    "verify": "governance.services.record_checks.run_verify",
    "pack": "reports.exports.run.run_pack",
    "receipt": "governance.rendering.receipts.run_receipt",
    "render": "reports.rendering.run.run_render",
    "time-stamp": "governance.services.time_stamping.run_time_stamp",
}
# These wait for somebody else's server; an hour's silence there loses no letter.
PATIENT_JOBS = frozenset({"letter", "receipt", "record-mail", "time-stamp"})
# How rows that are governance acts are told in the record of their project.
WITNESSED = [
    "governance.record.witnessed.WITNESSED",
    "readiness.services.witnessing.WITNESSED",
    "readiness.services.witnessing_reviews.WITNESSED",
    "readiness.services.witnessing_caveats.WITNESSED",
]
# What is kept beside such rows, and held against the newest of them.
STANDINGS = [
    "governance.record.standing.STANDINGS",
    "readiness.services.standing.STANDINGS",
]
# What follows an owner's word on an assumption, in the same transaction.
RULING_FOLLOWERS = ["uat.services.retests.retest_after_ruling"]
# What follows a migration, in order.
AFTER_MIGRATE = [
    "readiness.imports.policies.import_built_in_policy",
    "governance.services.carrying.carry_over",
]
# Who may do what: a table for each part of the product.
POLICY_TABLES = [
    "governance.permissions.rows.POLICY",
    "governance.permissions.areas.charter.POLICY",
    "governance.permissions.areas.rights.POLICY",
    "governance.permissions.areas.questions.POLICY",
    "governance.permissions.areas.parties.POLICY",
    "governance.permissions.areas.escalations.POLICY",
    "governance.permissions.areas.participation.POLICY",
    "governance.permissions.areas.meetings.POLICY",
    "governance.permissions.areas.raid.POLICY",
    "governance.permissions.areas.notices.POLICY",
    "training.permissions.POLICY",
    "uat.permissions.POLICY",
    "readiness.permissions.POLICY",
    "reports.permissions.POLICY",
]
