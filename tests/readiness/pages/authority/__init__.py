"""What a judgement recorded of authority, in words."""
