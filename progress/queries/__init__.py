"""What can be read, one view a file: typed results, a fixed number of queries each."""
