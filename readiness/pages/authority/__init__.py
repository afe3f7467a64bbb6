"""What a judgement recorded of authority, decisions and escalation, in words."""

from readiness.pages.authority.matters import Matter, matters_of

__all__ = ["Matter", "matters_of"]
