"""What the inspection pack needs of casework: consequences of acts, opening, documents."""
