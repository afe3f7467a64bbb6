#!/usr/bin/env python3
"""Run a command of the product."""

import sys

from django.core.management import execute_from_command_line

from readiness.config.start import read_settings


def main() -> None:
    """Read the configuration, then hand the command line to Django."""
    read_settings()
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
