"""In the room (C11, C12): the chair's card, roll call, check-in, the agenda's progress, opinions, conclusions."""
