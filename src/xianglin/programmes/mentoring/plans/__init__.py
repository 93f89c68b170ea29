"""帮带计划: what a pair agreed to reach, ability by ability, and the work in five forms that leads there."""
