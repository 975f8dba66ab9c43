"""The procedures: one table each, the guards they rest on, frequency, deadlines. Pure: nothing is read or written."""
