"""The ground that knows no feature: database, time, refusals, web, security, languages, audit, outbox, privacy."""
