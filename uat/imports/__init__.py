"""Foreign files of testing: process catalogues, runs, defects and tester lists."""
