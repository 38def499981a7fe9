"""What: the acts on topics, sessions, answers to invitations, and in the meeting itself; one module for each."""
