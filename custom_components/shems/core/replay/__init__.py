"""As if: the closed loop over given series."""
