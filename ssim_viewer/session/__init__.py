"""What the program knows at one moment, and how it may change.

``state``, ``run`` and ``intents`` are frozen data, ``transitions`` are pure
functions over them, ``store`` is the one Qt object that holds the present
session and says when it changed. Nothing is re-exported here, so that the
command line can use ``report`` without loading Qt.
"""
