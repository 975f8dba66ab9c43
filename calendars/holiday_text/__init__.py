"""Holiday notices as text: read sentence by sentence, and checked against themselves."""
