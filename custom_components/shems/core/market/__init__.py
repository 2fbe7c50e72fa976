"""Neighbours: messages in, messages out; sharing, auction, settlement and their ledger."""
