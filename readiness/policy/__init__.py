"""The policy: pure judgement over plain values; no table, no clock, no file."""
