"""What a home would have cost without SHEMS: the same weather, people, comfort and stores."""
