"""Staff who sign in, the roles they have, and what each of them may do."""
