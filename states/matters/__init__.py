"""The matters pack: talks, incidents, listed hazards, complaints and tracings, on a root of any instrument or none."""
