"""How dates are written in each language, by the pattern that the pages ask for in English."""
