"""The gate: policies, readings, judgements, snapshots, acceptances and dashboards."""
