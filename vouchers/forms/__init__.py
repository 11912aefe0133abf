"""The shape of what pages of vouchers send."""
