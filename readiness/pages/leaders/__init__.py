"""Readiness by accountable leader: what each manager, owner and sponsor answers for."""
