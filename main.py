"""Entry point: ``python main.py`` synthesizes every file of environments/; ``--help`` lists the commands."""

from pathlib import Path

from constructs_lib.cli import main

if __name__ == "__main__":
    main(project_root=Path(__file__).resolve().parent)
