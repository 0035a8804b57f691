"""For those who write: watching the files of a site, showing it while it changes."""
