"""What casework does for assessments: opening a year, what follows from acts, documents and views."""
