"""When is it due, and why: the calendar and the periods as data, and the clock of every row that has one."""
