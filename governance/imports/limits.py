"""How large, deep and long a file may be before it is refused."""

MEGABYTE = 1024 * 1024

MEMORY_BYTES = 512 * MEGABYTE
CPU_SECONDS = 25
WALL_SECONDS = 60.0
OUTPUT_BYTES = 400 * MEGABYTE

MOST_ROWS = 500_000
MOST_CELLS = 5_000_000
MOST_COLUMNS = 2_000
MOST_TABLES = 60
LONGEST_CELL = 100_000

ZIP_ENTRIES = 2_000
ZIP_BYTES = 200 * MEGABYTE
ZIP_RATIO = 150
ZIP_RATIO_FROM = 5 * MEGABYTE

XML_BYTES = 20 * MEGABYTE
XML_DEPTH = 64
XML_ELEMENTS = 200_000


class Unreadable(Exception):
    """Say in one or two sentences why a file cannot be read, and what to do about it."""
