"""The commands of the door, one verb a file; ``cli.COMMANDS`` lists them all."""
