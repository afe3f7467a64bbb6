"""The verifier for Node."""
