"""The reports room: what is computed and drawn of many images at once, without Qt.

The window and the command line share it.
"""
