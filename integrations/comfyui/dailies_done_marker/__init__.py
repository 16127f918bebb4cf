"""Dailies for ComfyUI: a node that saves frames and then says that they are all there."""

from .node import DailiesDoneMarker

NODE_CLASS_MAPPINGS = {"DailiesDoneMarker": DailiesDoneMarker}
NODE_DISPLAY_NAME_MAPPINGS = {"DailiesDoneMarker": "Save Images with Done Marker (Dailies)"}

__all__ = ["NODE_CLASS_MAPPINGS", "NODE_DISPLAY_NAME_MAPPINGS"]
