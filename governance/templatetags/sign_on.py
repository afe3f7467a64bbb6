"""What the sign-in page offers besides the password."""

from django import template
from django.template import Context

from governance.pages.identities import sign_in_providers
from governance.services.identity_providers import IdentityProvider, providers_of

register = template.Library()


@register.simple_tag
def providers_for(organisation: str) -> list[IdentityProvider]:
    """Return the providers of an organisation."""
    return providers_of(organisation)


@register.simple_tag(takes_context=True)
def sign_on_providers(context: Context) -> list[IdentityProvider]:
    """Return the providers that whoever reads the sign-in page may use."""
    return sign_in_providers(context["request"].GET.get("organisation", ""))
