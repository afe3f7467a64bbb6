"""The product's settings, with one more address and no limit on how often it is asked."""

from readiness.config import settings as product

globals().update({name: getattr(product, name) for name in dir(product) if name.isupper()})

ROOT_URLCONF = "tests.benchmarks.addresses"
POLICY_TABLES = [*product.POLICY_TABLES, "tests.benchmarks.policy.POLICY"]
API_REQUESTS_PER_MINUTE = 10**9
SECURE_SSL_REDIRECT = False
