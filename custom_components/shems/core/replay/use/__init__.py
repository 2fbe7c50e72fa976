"""What a household does with its devices, to be played again under any manager."""
