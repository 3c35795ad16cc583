"""The project document, the chain and the command line."""
