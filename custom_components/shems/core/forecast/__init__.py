"""What will be: history and readings become beliefs about load, solar and prices."""
