"""One module per page of the shell."""
