"""Entry point: ``python main.py`` synthesizes every file of environments/; ``--help`` lists the commands."""

if __name__ == "__main__":
    try:
        from pathlib import Path

        from constructs_lib.cli import main

        main(project_root=Path(__file__).resolve().parent)
    except KeyboardInterrupt:  # before the command line listens
        raise SystemExit(130) from None
