"""Features are driven in the real window, as the rest of the program is."""

from tests.app.conftest import driver, photographs

__all__ = ["driver", "photographs"]
