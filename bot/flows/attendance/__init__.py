"""RSVPs: answers, undo, reasons and their judgement, the secretary's list."""
