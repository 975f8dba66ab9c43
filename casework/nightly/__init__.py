"""What happens without a person: the sweep, the follow-up of acts, and mail."""
