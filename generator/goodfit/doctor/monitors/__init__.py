"""Watch training: look at losses, weights and answers as it goes, and speak up once."""

from .callback import Monitors, blew_up, not_the_best

__all__ = ["Monitors", "blew_up", "not_the_best"]
