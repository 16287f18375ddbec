"""Documents: publishing, acknowledging, who has read, the lists that members open."""
