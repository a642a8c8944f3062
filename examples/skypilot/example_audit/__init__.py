"""Example SkyPilot plugin that keeps an audit log."""
