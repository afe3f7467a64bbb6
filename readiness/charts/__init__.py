"""Charts as plain Vega-Lite specifications: values in, dicts out; nothing is drawn here."""
