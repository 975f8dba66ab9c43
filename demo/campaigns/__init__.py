"""Programs of demonstrations: campaigns."""
