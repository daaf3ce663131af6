"""What only this article's notebooks need: who held what, who repeats whom, who was close."""
