// seen
