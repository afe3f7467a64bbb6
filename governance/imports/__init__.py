"""Foreign files become rows of ours: read apart, checked row by row, written whole or not.

Reading happens in a child process with limits (`sandbox`, `reading`); checking names the
row, the column, the value, the reason and what to do (`columns`, `cells`, `ledger`);
`kinds` finds the importer and `run` does one import from beginning to end.
"""
