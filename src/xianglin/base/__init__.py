"""What every room stands on: clock, Actor, Refused, @action, hooks and registries. No models."""
