"""What each kind of import and of job calls, by name: the map knows no floor above it."""

IMPORT_KINDS = {
    "catalogue": "uat.imports.catalogue.CatalogueImport",
    "executions": "uat.imports.executions.ExecutionsImport",
    "defects": "uat.imports.defects.DefectsImport",
    "testers": "uat.imports.testers.TestersImport",
    "roster": "training.imports.roster.RosterImport",
    "courses": "training.imports.courses.CoursesImport",
    "training": "training.imports.records.RecordsImport",
    "portfolio": "readiness.imports.portfolio.PortfolioImport",
}
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
    "pack": "reports.exports.run.run_pack",
    "render": "reports.rendering.run.run_render",
}
