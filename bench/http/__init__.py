"""The site over HTTP, as readers' browsers and robots ask it, beside yardsticks in the same run."""
