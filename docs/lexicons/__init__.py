"""How the search's lexicons are made from the grammars and word lists of others."""
