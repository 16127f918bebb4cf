"""The node. ComfyUI is imported only when it runs, so that the rest can be tested without it."""

import logging
import os

from . import marker


class DailiesDoneMarker:
    """Saves the images as Save Image does, then writes <prefix>.done: so the marker can't come before the last frame, in whatever order ComfyUI runs its output nodes."""

    CATEGORY = "Dailies"
    RETURN_TYPES = ("IMAGE",)
    RETURN_NAMES = ("images",)
    FUNCTION = "save_and_mark"
    OUTPUT_NODE = True
    DESCRIPTION = "Saves the images as Save Image does, then writes <prefix>.done beside them. It takes the place of Save Image."

    @classmethod
    def INPUT_TYPES(cls):
        return {
            "required": {
                "images": ("IMAGE", {"tooltip": "The frames; passed on as they are."}),
                "filename_prefix": ("STRING", {"default": "dailies/shot", "tooltip": "As in Save Image; may name a subfolder."}),
            },
            "optional": {
                "save": ("BOOLEAN", {"default": True, "tooltip": "Off: the frames are saved by the node that the images come from, under the same prefix; only the marker is written."}),
                "run_id": ("STRING", {"default": "", "tooltip": "The run that the frames are for; empty: as Dailies says in the prompt."}),
                "attempt": ("INT", {"default": 0, "min": 0, "max": 1000000, "tooltip": "The attempt, from 1; 0: as Dailies says in the prompt."}),
            },
            "hidden": {"prompt": "PROMPT", "extra_pnginfo": "EXTRA_PNGINFO"},
        }

    def save_and_mark(self, images, filename_prefix, save=True, run_id="", attempt=0, prompt=None, extra_pnginfo=None):
        import folder_paths

        output_dir = folder_paths.get_output_directory()
        marker.check_prefix(output_dir, filename_prefix)
        run_id, attempt = _whose(run_id, attempt, extra_pnginfo)
        ui = {}
        if save:
            import nodes

            ui = nodes.SaveImage().save_images(images, filename_prefix, prompt, extra_pnginfo)["ui"]
            last = ui["images"][-1]
            # SaveImage fills in %width% and the like: the names that it announces are the truth.
            folder, latest = marker.inside(output_dir, last["subfolder"]), last["filename"]
            prefix = marker.prefix_of(latest)
        else:
            width, height = images[0].shape[1], images[0].shape[0]
            folder, prefix, _, _, _ = folder_paths.get_save_image_path(filename_prefix, output_dir, width, height)
            folder, latest = marker.inside(output_dir, folder), None
            found = len(marker.frames_of(folder, prefix))
            if found < len(images):
                raise RuntimeError(
                    f"{found} of {len(images)} frames are saved under {filename_prefix!r}: with save off, connect images to a node that saves them and passes them on"
                )
        path = marker.write_marker(folder, prefix, run_id, attempt, latest)
        logging.info("Dailies: %s", os.path.relpath(path, output_dir))
        return {"ui": ui, "result": (images,)}


def _whose(run_id, attempt, extra_pnginfo):
    # {"dailies": {"run": "20261123-221507", "attempt": 1, …}}: Dailies puts it into each prompt.
    note = extra_pnginfo.get("dailies") if isinstance(extra_pnginfo, dict) else None
    note = note if isinstance(note, dict) else {}
    said, number = note.get("run"), note.get("attempt")
    return run_id or (said if isinstance(said, str) else None), attempt or (number if type(number) is int and number > 0 else None)
