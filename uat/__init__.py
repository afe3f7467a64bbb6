"""User acceptance testing facts: scenarios, executions, defects and changes."""
