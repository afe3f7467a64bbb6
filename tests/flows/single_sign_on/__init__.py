"""Single sign-on against real providers: one of others' making, and one that lies."""
