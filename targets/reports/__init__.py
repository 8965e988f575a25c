"""The committee's papers: what they say (`contents`), then how it is written (`word`, `excel`)."""
