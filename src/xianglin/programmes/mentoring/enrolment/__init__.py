"""入册: taken in one by one or from the organisation department's sheet."""
