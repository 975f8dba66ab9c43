"""Reading: cases, lists, overdue deadlines, the frequency board and the load of units."""
