"""Holiday notices taken in, and the nights swept."""
