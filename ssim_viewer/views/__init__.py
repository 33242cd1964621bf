"""Qt widgets: they render the session and emit intents; they never compute.

Every view has ``render(session)``, called with each new session on the GUI thread,
and, where a person can want something, a signal ``intended`` that carries an intent
of ``ssim_viewer.session.intents``.
"""
