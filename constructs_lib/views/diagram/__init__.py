"""The architecture of a stack as one SVG: scene, layout, drawing."""
