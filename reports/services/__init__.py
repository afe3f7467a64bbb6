"""What reports can do: gather what is printed, ask for a report, keep it, give it out."""
