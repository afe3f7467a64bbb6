"""The catalogues of the languages: what is to be translated, the .po files and their .mo twins.

`python -m tests.catalogue` (`make messages`) renews them; needs nothing but the product itself.
"""
