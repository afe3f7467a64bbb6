"""What is to be sent or done later, written in the transaction that wants it."""

from governance.outbox.jobs import write_job
from governance.outbox.notices import News, settle, tell

__all__ = ["News", "settle", "tell", "write_job"]
