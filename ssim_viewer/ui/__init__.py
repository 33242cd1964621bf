"""Qt widgets: they show the session and emit intents; they never compute.

Every view has ``show_session(session)``, called with each new session on the GUI thread,
and, where a person can want something, a signal ``intended`` that carries an intent
of ``ssim_viewer.session.intents``.
"""
