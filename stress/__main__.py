"""Run one stress test by its name, such as ``python -m stress files --count 1000 --seed 1``."""

import importlib
import sys

COMMANDS = {
    "events": "random menus, keys, mouse, drops and windows: no exception, warning or stall",
    "long_use": "random events, then Play: its first picture comes at once, in bounded memory",
    "files": "mutated image files: nothing but an image or one clear sentence may come out",
}


def main(arguments: list[str]) -> int:
    """Hand the arguments to the command's own module, and return its exit status."""
    if not arguments or arguments[0] not in COMMANDS:
        print("usage: python -m stress COMMAND [--count N] [--seed S]\n")
        for name, purpose in COMMANDS.items():
            print(f"  {name:9} {purpose}")
        return 0 if arguments and arguments[0] in {"-h", "--help"} else 2
    module = importlib.import_module(f"stress.{arguments[0]}")
    return int(module.main(arguments[1:]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
