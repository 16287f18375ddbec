"""The roster: lists as offices write them, imported through the command and through `import_file`."""
