"""From the text of a file to a draft of the tables, and every problem on the way in users' words."""
