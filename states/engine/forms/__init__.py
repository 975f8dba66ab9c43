"""What each act has to be handed in with: one typed form an act, checked field by field at the edge."""
