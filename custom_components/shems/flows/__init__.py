"""Pages that the config, options and subentry flows share."""
