"""The matrix: every address, method, actor and object, watched by four oracles."""
