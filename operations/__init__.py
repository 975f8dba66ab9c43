"""Running the installation: anchors, bundles, backups, restore and health checks."""
