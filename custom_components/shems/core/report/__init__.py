"""What happened: the ledger and what it would have cost otherwise."""
