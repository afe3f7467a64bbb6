"""How the REST interface answers, and what its document says."""

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["governance.api.parsers.LimitedJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_AUTHENTICATION_CLASSES": ["governance.api.authentication.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["governance.api.permissions.TokenHasScope"],
    "DEFAULT_THROTTLE_CLASSES": ["governance.api.throttling.TokenRateThrottle"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "governance.api.negotiation.FormatByName",
    "DEFAULT_PAGINATION_CLASS": "governance.api.pagination.PagesWithTotal",
    "DEFAULT_FILTER_BACKENDS": ["governance.api.filters.StrictFilterBackend"],
    "EXCEPTION_HANDLER": "governance.api.problems.problem_response",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Readiness Gate",
    "DESCRIPTION": (
        "Judgements, and the facts behind them. Every address wants a token (page 'API tokens'): "
        "READ to read, PUSH to send facts. No token can sign, accept a risk or vote. What is "
        "foreign and what does not exist get the same answer, 404. Errors are problem details "
        "(RFC 9457). An unknown parameter or field is an error."
    ),
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "Affiliation": "governance.choices.Affiliation",
        "DecisionKind": "governance.choices.DecisionKind",
        "DefectState": "uat.choices.DefectState",
        "ExecutionResult": "uat.choices.ExecutionResult",
        "FindingState": "readiness.choices.FindingState",
        "ImportState": "governance.choices.ImportState",
        "CalendarKind": "governance.choices.CalendarKind",
        "JobState": "governance.choices.JobState",
        "Level": "governance.choices.Level",
        "OrganisationKind": "governance.choices.OrganisationKind",
        "Phase": "governance.choices.Phase",
        "Power": "governance.choices.Power",
        "RaidKind": "governance.choices.RaidKind",
        "RaidState": "governance.choices.RaidState",
        "Scope": "governance.choices.Scope",
        "SnapshotTrigger": "readiness.choices.SnapshotTrigger",
        "StepResult": "uat.api.serializers.STEP_CHOICES",
        "TrainingResult": "training.choices.TrainingResult",
        "Verdict": "readiness.choices.Verdict",
    },
    "PREPROCESSING_HOOKS": ["governance.api.openapi.refuse_unnamed_scopes"],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "governance.api.openapi.describe_common_answers",
    ],
}
