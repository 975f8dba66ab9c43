"""Campaigns: tasks with their units, dated obligations, indicators, and the evaluation of each unit."""
