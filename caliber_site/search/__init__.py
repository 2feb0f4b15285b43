"""How readers find articles: the index, the engine behind its protocol, the search page."""
