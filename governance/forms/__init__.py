"""The shape of what people enter about the map."""
