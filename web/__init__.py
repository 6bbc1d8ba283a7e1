"""The web pages of Formpress."""

from web.app import create_app

__all__ = ["create_app"]
