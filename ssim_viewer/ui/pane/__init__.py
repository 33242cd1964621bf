"""Panes: images and maps, their colours, zoom and pan, selection."""
