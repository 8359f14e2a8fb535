"""`python -m slidebuild`."""

from slidebuild.cli import main

if __name__ == "__main__":
    main()
