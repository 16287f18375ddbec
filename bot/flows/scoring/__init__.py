"""How a meeting was: the members' anonymous rating and the form of 100 points."""
