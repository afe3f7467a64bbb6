"""Signatures: what each is worth now, what was seen, one on a page, and all of a project."""

from readiness.pages.signatures.detail import SignaturePage, signature_page, utc_text
from readiness.pages.signatures.register import SignatureList, signature_list

__all__ = ["SignatureList", "SignaturePage", "signature_list", "signature_page", "utc_text"]
