"""Read from the environment which identity providers people may sign in through.

Each has a name of its own: OIDC_NORTHWIND_ISSUER, OIDC_NORTHWIND_CLIENT_ID and so on. All of
them belong to one organisation, and sign in nobody of another.
"""

import os
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from readiness.config.environment import flag, listed, refuse, text

NEEDED = ("ISSUER", "CLIENT_ID", "CLIENT_SECRET", "ORGANISATION")
OTHERS = ("LABEL", "HOSTS", "HIDDEN", "FACTORS")
LOCAL_HOSTS = {"127.0.0.1", "localhost"}
LONGEST = 80
MORE_THAN_ONE_FACTOR = "mfa"
_VARIABLE = re.compile(
    rf"OIDC_(?P<name>[A-Z][A-Z0-9_]{{0,29}})_(?:{'|'.join(NEEDED + OTHERS)})(?:_FILE)?"
)
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?")
_FACTOR = re.compile(r"[!-~]{1,200}")
_SLUG = re.compile(r"[a-z0-9_-]{1,60}")


def identity_providers(*, allow_local: bool) -> list[dict[str, Any]]:
    """Return the providers, each as the words the sign-in needs; none without a variable.

    :raises ImproperlyConfigured: a variable is missing, unknown or wrong, or two providers
        are one.
    """
    found = [_provider(name, allow_local=allow_local) for name in _names()]
    issuers = [provider["issuer"] for provider in found]
    for provider in found:
        if issuers.count(provider["issuer"]) > 1:
            variable = f"OIDC_{provider['name'].replace('-', '_').upper()}_ISSUER"
            refuse(variable, "two providers name this issuer; one identity would be two people")
    return found


def form_origins(providers: list[dict[str, Any]]) -> list[str]:
    """Return where a browser may be sent on to from our sign-in form, as CSP sources."""
    return sorted(set(_origins(providers)))


def _origins(providers: list[dict[str, Any]]) -> Iterator[str]:
    for provider in providers:
        place = urlsplit(provider["issuer"])
        yield f"{place.scheme}://{place.netloc}"
        yield from (f"{place.scheme}://{host}" for host in provider["hosts"])


def _names() -> list[str]:
    names = set()
    for variable in os.environ:
        if not variable.startswith("OIDC_") or not os.environ[variable]:
            continue
        match = _VARIABLE.fullmatch(variable)
        if match is None:
            kinds = ", ".join(NEEDED + OTHERS)
            refuse(variable, f"write OIDC_<NAME>_ and one of {kinds}")
        names.add(match["name"])
    return sorted(names)


def _provider(name: str, *, allow_local: bool) -> dict[str, Any]:
    for kind in NEEDED:
        if not text(f"OIDC_{name}_{kind}"):
            refuse(f"OIDC_{name}_{kind}", "missing; every provider needs it")
    organisation = text(f"OIDC_{name}_ORGANISATION")
    if not _SLUG.fullmatch(organisation):
        refuse(f"OIDC_{name}_ORGANISATION", "write the short name (slug) of one organisation")
    label = text(f"OIDC_{name}_LABEL", default=name.replace("_", " ").title())
    if len(label) > LONGEST or not label.isprintable():
        refuse(f"OIDC_{name}_LABEL", f"write at most {LONGEST} plain characters")
    hosts = listed(f"OIDC_{name}_HOSTS")
    if not all(_HOST.fullmatch(host) for host in hosts):
        refuse(f"OIDC_{name}_HOSTS", "write host names without https:// and path, between commas")
    return {
        "name": name.lower().replace("_", "-"),
        "issuer": _issuer(f"OIDC_{name}_ISSUER", allow_local=allow_local),
        "client_id": text(f"OIDC_{name}_CLIENT_ID"),
        "client_secret": text(f"OIDC_{name}_CLIENT_SECRET"),
        "label": label,
        "organisation": organisation,
        "hosts": tuple(hosts),
        "hidden": flag(f"OIDC_{name}_HIDDEN"),
        "factors": _factors(f"OIDC_{name}_FACTORS"),
    }


def _factors(variable: str) -> tuple[str, ...]:
    """Return what has to stand in `acr` or `amr` before somebody's sign-in proves a signature."""
    found = listed(variable) or [MORE_THAN_ONE_FACTOR]
    if not all(_FACTOR.fullmatch(each) for each in found):
        refuse(variable, "write values of acr or amr, such as mfa, between commas, or any")
    return tuple(found)


def _issuer(variable: str, *, allow_local: bool) -> str:
    """Return the issuer exactly as written: identities are bound to its very letters."""
    value = text(variable)
    try:
        place = urlsplit(value)
        local = place.scheme == "http" and place.hostname in LOCAL_HOSTS and allow_local
        # the host goes into the content policy as it stands: nothing but a host may
        wrong = not _HOST.fullmatch(place.netloc) or place.port == 0
    except ValueError:
        refuse(variable, "write the provider's own address: https://login.example.com")
    if wrong or place.query or place.fragment or not (place.scheme == "https" or local):
        refuse(variable, "write the provider's own address: https://login.example.com")
    return value
