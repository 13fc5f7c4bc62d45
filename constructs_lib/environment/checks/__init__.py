"""Every check that looks at more than one value; one file a subject, `every` asks them all."""
