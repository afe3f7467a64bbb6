"""The demo: one upgrade six weeks before go-live, and a portfolio around it."""
