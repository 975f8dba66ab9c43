"""What each act of a campaign has to be handed in with."""
