"""Commands about the working-day calendar."""
