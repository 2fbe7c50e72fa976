"""Tips: what a household could do, and what its own past says that would bring."""
