"""Papers spoken aloud: text made ready for the ear, cut into parts, spoken by an offline voice, encoded for players.

Nothing here knows a database or a chat. The libraries that make sound (espeak-ng, FFmpeg's codecs, piper) are loaded
in a process of their own only (worker.py): what breaks there breaks nothing else, and a limit of time can be kept.
"""
