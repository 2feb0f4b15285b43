"""Weights: what counts how much for the place of an edition among the results, in every engine."""

DAY = 86_400
"""Seconds."""

TITLE_ITSELF = 1.0
"""What a word counts in addition that stands with all the others in a title of nothing else."""

PART_OF_TITLE = 0.15
"""What it counts in addition in a title that has not all of them."""

EXACT = 0.1
"""What it counts in addition in the form that was typed."""

NEAR = 0.35
"""What an edition gains in which the words follow each other."""

FRESH = 0.25
"""What an edition gains that is published now; with each half-life it halves."""

HALF_LIFE = 90.0
"""Days of it, where nothing else is asked for."""

LONG = 6
"""Queries of more words do not ask for all of them: a sentence is rarely in a text as it is."""

TELLING = 0.4
"""Editions with some of the words are found if these tell that much of what the best one's do."""
