"""The map: organisations, people, projects, processes, owners, decisions and sign-offs."""
