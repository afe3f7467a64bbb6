"""Changes of the tables of the uat app."""
