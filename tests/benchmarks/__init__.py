"""How fast it is, as ratios within one run: see __main__ for what is measured."""
