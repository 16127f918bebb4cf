"""Writes done markers as `dailies sentinel` does. Standard library only; knows nothing of ComfyUI."""

import datetime
import json
import os
import re

SUFFIX = ".done"
TEMP_SUFFIX = ".done.tmp"

# p_00001_.png (SaveImage), p-00001.png, p.00001.png, p00001.png
_FRAME = re.compile(r"^(?P<prefix>[^.].*?)(?P<separator>[_\-. ]?)(?<![0-9])(?P<number>[0-9]+)_?\.(png|jpe?g|webp|exr|tiff?|bmp)$", re.IGNORECASE | re.DOTALL)


def prefix_of(name):
    """The prefix of a frame's file name, or None where it is no frame."""
    found = _FRAME.match(name)
    return found.group("prefix") if found else None


def inside(output_dir, subfolder):
    """The folder below output_dir, as a real path. ValueError where it leaves output_dir, be it by .., by an absolute path, or by a link."""
    root = os.path.realpath(output_dir)
    folder = os.path.realpath(os.path.join(root, subfolder))
    try:
        stays = os.path.commonpath((root, folder)) == root
    except ValueError:  # another drive
        stays = False
    if not stays:
        raise ValueError(f"the prefix leaves the output folder: {subfolder!r}")
    return folder


def check_prefix(output_dir, filename_prefix):
    """(folder, name) of a prefix such as shots/scene-001. ValueError where it leaves the output folder or names no file."""
    path = filename_prefix.replace("\\", "/")
    subfolder, name = os.path.split(path)
    if not name or name in (".", "..") or "\0" in path or name.startswith("."):
        raise ValueError(f"the prefix names no file: {filename_prefix!r}")
    return inside(output_dir, subfolder), name


def frames_of(folder, prefix):
    """The frames of a prefix in a folder: names, oldest first. Links are none."""
    with os.scandir(folder) as entries:
        found = [(e.stat().st_mtime_ns, e.name) for e in entries if prefix_of(e.name) == prefix and e.is_file(follow_symlinks=False)]
    return [name for _, name in sorted(found)]


def write_marker(folder, prefix, run_id=None, attempt=None, latest=None, now=None):
    """Writes <prefix>.done beside the frames: to a temp name, flushed, renamed, folder synced. Returns its path.

    FrameCount is what the folder holds of the prefix. OSError where it can't be written; an old marker then stands untouched.
    """
    frames = frames_of(folder, prefix)
    if not frames:
        raise FileNotFoundError(f"no frames of {prefix!r} in {folder}")
    now = now or datetime.datetime.now(datetime.timezone.utc)
    marker = {
        "Timestamp": now.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.") + f"{now.microsecond // 1000:03}Z",
        "FrameCount": len(frames),
        "Latest": latest if latest in frames else frames[-1],
    }
    if run_id:
        marker["RunId"] = run_id
    if attempt:
        marker["Attempt"] = int(attempt)
    path, temp = os.path.join(folder, prefix + SUFFIX), os.path.join(folder, prefix + TEMP_SUFFIX)
    if os.path.lexists(temp):  # what a crash left, or a link: nothing is written through it
        os.remove(temp)
    with open(os.open(temp, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o644), "wb") as file:
        file.write(json.dumps(marker, indent=2, ensure_ascii=False).encode("utf-8", "surrogateescape") + b"\n")
        file.flush()
        os.fsync(file.fileno())
    os.replace(temp, path)
    _sync(folder)
    return path


def _sync(folder):
    # A new name is on disk when its folder is. Windows journals names, and opens no folder.
    if os.name != "nt":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        except OSError:
            pass  # some network file systems can't
        finally:
            os.close(handle)
