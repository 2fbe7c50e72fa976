"""What is: raw values become readings with age and trust."""
