"""The record of a project as a file that anybody can verify without the server."""
