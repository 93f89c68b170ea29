"""一人一档: a person's file as a paper."""
