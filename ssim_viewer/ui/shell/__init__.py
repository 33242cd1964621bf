"""The main window: menus, actions, strip, notices, palette, help, preferences."""
