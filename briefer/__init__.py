"""Briefs of news articles in which every line shows the sentences that carry it."""
