"""The shape of what people enter about training."""
