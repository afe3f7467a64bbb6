"""The states of a finding and the verdict they make, at every edge."""
