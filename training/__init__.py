"""Training facts: courses, job roles, requirements and training records."""
