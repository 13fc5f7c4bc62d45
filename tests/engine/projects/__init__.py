"""What stands around the constructs: made projects, command lines, flavours and the pages' examples."""
