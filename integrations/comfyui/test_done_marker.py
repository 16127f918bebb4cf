"""python3 -m unittest test_done_marker, in this folder. Without ComfyUI: two small modules play its part."""

import datetime
import json
import os
import sys
import tempfile
import types
import unittest
from unittest import mock

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True

import dailies_done_marker  # noqa: E402
from dailies_done_marker import marker  # noqa: E402
from dailies_done_marker.node import DailiesDoneMarker  # noqa: E402


class Image:
    shape = (4, 6, 3)


def comfyui(output_dir, kept=None):
    """What the node needs of ComfyUI: where files go, and Save Image. Its arguments are kept."""
    paths = types.ModuleType("folder_paths")
    paths.get_output_directory = lambda: output_dir

    def save_path(prefix, root, width=0, height=0):
        prefix = prefix.replace("%width%", str(width)).replace("%height%", str(height))
        subfolder, name = os.path.split(os.path.normpath(prefix))
        folder = os.path.join(root, subfolder)
        os.makedirs(folder, exist_ok=True)
        counter = 1 + sum(1 for f in os.listdir(folder) if f.startswith(name + "_"))
        return folder, name, counter, subfolder, prefix

    paths.get_save_image_path = save_path

    class SaveImage:
        def save_images(self, images, filename_prefix="ComfyUI", prompt=None, extra_pnginfo=None):
            if kept is not None:
                kept.append((prompt, extra_pnginfo))
            folder, name, counter, subfolder, _ = save_path(filename_prefix, output_dir, images[0].shape[1], images[0].shape[0])
            found = []
            for i, _ in enumerate(images):
                file = f"{name}_{counter + i:05}_.png"
                with open(os.path.join(folder, file), "wb") as frame:
                    frame.write(b"frame")
                found.append({"filename": file, "subfolder": subfolder, "type": "output"})
            return {"ui": {"images": found}}

    nodes = types.ModuleType("nodes")
    nodes.SaveImage = SaveImage
    return mock.patch.dict(sys.modules, {"folder_paths": paths, "nodes": nodes})


class DoneMarkerTest(unittest.TestCase):
    def setUp(self):
        temp = tempfile.TemporaryDirectory()
        self.addCleanup(temp.cleanup)
        self.root = temp.name

    def frame(self, name, content=b"frame"):
        path = os.path.join(self.root, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content)
        return path

    def read(self, name):
        with open(os.path.join(self.root, name), "rb") as file:
            return json.loads(file.read())

    def test_the_package_registers_the_node(self):
        self.assertEqual(dailies_done_marker.NODE_CLASS_MAPPINGS, {"DailiesDoneMarker": DailiesDoneMarker})
        self.assertEqual(dailies_done_marker.NODE_DISPLAY_NAME_MAPPINGS.keys(), dailies_done_marker.NODE_CLASS_MAPPINGS.keys())
        self.assertTrue(callable(getattr(DailiesDoneMarker(), DailiesDoneMarker.FUNCTION)))
        self.assertTrue(DailiesDoneMarker.OUTPUT_NODE)
        inputs = DailiesDoneMarker.INPUT_TYPES()
        self.assertEqual(set(inputs["required"]), {"images", "filename_prefix"})
        self.assertEqual(set(inputs["optional"]), {"save", "run_id", "attempt"})

    def test_frames_of_every_naming_have_the_same_prefix(self):
        for name in ("p_00001_.png", "p-00001.png", "p.00001.png", "p00001.png", "p_00001.EXR", "p 1.webp"):
            self.assertEqual(marker.prefix_of(name), "p", name)
        self.assertEqual(marker.prefix_of("scene-001_00001_.png"), "scene-001")
        for name in ("p.png", "00001.png", ".p_00001_.png", "p_00001_.mp4", "p.done", "p_00001_.png.partial"):
            self.assertIsNone(marker.prefix_of(name), name)

    def test_a_marker_says_what_lies_there(self):
        for n in (2, 1, 3):
            os.utime(self.frame(f"p_{n:05}_.png"), ns=(n, n))
        self.frame("q_00001_.png")
        now = datetime.datetime(2026, 11, 23, 23, 15, 7, 42999, datetime.timezone(datetime.timedelta(hours=1)))
        path = marker.write_marker(self.root, "p", "20261123-221507", 2, now=now)
        self.assertEqual(path, os.path.join(self.root, "p.done"))
        self.assertEqual(
            self.read("p.done"),
            {"Timestamp": "2026-11-23T22:15:07.042Z", "FrameCount": 3, "Latest": "p_00003_.png", "RunId": "20261123-221507", "Attempt": 2},
        )
        self.assertNotIn("p.done.tmp", os.listdir(self.root))

    def test_no_frames_no_marker(self):
        with self.assertRaises(FileNotFoundError):
            marker.write_marker(self.root, "p")
        self.assertEqual(os.listdir(self.root), [])

    def test_an_old_marker_stands_until_the_new_one_is_whole(self):
        self.frame("p_00001_.png")
        self.frame("p.done", b"old")
        with mock.patch("os.replace", side_effect=OSError("no room")), self.assertRaises(OSError):
            marker.write_marker(self.root, "p")
        with open(os.path.join(self.root, "p.done"), "rb") as file:
            self.assertEqual(file.read(), b"old")
        marker.write_marker(self.root, "p")  # over what the first try left
        self.assertEqual(self.read("p.done")["FrameCount"], 1)

    def test_nothing_is_written_before_it_is_flushed_and_renamed(self):
        self.frame("p_00001_.png")
        order = []
        fsync, replace = os.fsync, os.replace
        with mock.patch("os.fsync", side_effect=lambda f: (order.append("fsync"), fsync(f))), mock.patch(
            "os.replace", side_effect=lambda a, b: (order.append("rename"), replace(a, b))
        ):
            marker.write_marker(self.root, "p")
        self.assertEqual(order, ["fsync", "rename"] + (["fsync"] if os.name != "nt" else []))

    @unittest.skipIf(os.name == "nt", "links need rights on Windows")
    def test_nothing_is_written_through_a_link(self):
        outside = self.frame("outside/precious", b"precious")
        self.frame("out/p_00001_.png")
        os.symlink(outside, os.path.join(self.root, "out", "p.done.tmp"))
        os.symlink(outside, os.path.join(self.root, "out", "p.done"))
        marker.write_marker(os.path.join(self.root, "out"), "p")
        with open(outside, "rb") as file:
            self.assertEqual(file.read(), b"precious")
        os.symlink(os.path.dirname(outside), os.path.join(self.root, "out", "away"))
        with self.assertRaises(ValueError):
            marker.check_prefix(os.path.join(self.root, "out"), "away/p")

    def test_prefixes_that_leave_the_output_folder_are_refused(self):
        for prefix in ("../p", "a/../../p", "/etc/p", "..\\p", "", "a/", "..", "a/..", ".", "a/.hidden", "a\0b"):
            with self.assertRaises(ValueError, msg=prefix):
                marker.check_prefix(self.root, prefix)
        self.assertEqual(marker.check_prefix(self.root, "a/b/p"), (os.path.join(os.path.realpath(self.root), "a", "b"), "p"))

    def test_the_node_saves_marks_and_passes_the_images_on(self):
        images, kept = [Image(), Image(), Image()], []
        with comfyui(self.root, kept):
            result = DailiesDoneMarker().save_and_mark(images, "shots/scene-001", run_id="20261123-221507", attempt=2, prompt={"1": {}}, extra_pnginfo={"workflow": {}})
        self.assertIs(result["result"][0], images)
        self.assertEqual([i["filename"] for i in result["ui"]["images"]], ["scene-001_00001_.png", "scene-001_00002_.png", "scene-001_00003_.png"])
        self.assertEqual(kept, [({"1": {}}, {"workflow": {}})])
        said = self.read("shots/scene-001.done")
        self.assertEqual((said["FrameCount"], said["Latest"], said["RunId"], said["Attempt"]), (3, "scene-001_00003_.png", "20261123-221507", 2))

    def test_the_node_knows_the_attempt_from_the_prompt(self):
        with comfyui(self.root):
            DailiesDoneMarker().save_and_mark([Image()], "p", extra_pnginfo={"dailies": {"run": "20261123-221507", "attempt": 3}})
            DailiesDoneMarker().save_and_mark([Image()], "q", extra_pnginfo={"dailies": "nonsense"})
        self.assertEqual((self.read("p.done")["RunId"], self.read("p.done")["Attempt"]), ("20261123-221507", 3))
        self.assertEqual(set(self.read("q.done")), {"Timestamp", "FrameCount", "Latest"})

    def test_the_marker_is_named_as_the_files_are(self):
        with comfyui(self.root):
            DailiesDoneMarker().save_and_mark([Image()], "p%width%x%height%")
        self.assertEqual(self.read("p6x4.done")["FrameCount"], 1)

    def test_with_save_off_frames_must_be_there(self):
        with comfyui(self.root):
            with self.assertRaisesRegex(RuntimeError, "0 of 2 frames"):
                DailiesDoneMarker().save_and_mark([Image(), Image()], "p", save=False)
            self.frame("p_00001_.exr")
            self.frame("p_00002_.exr")
            self.assertEqual(DailiesDoneMarker().save_and_mark([Image(), Image()], "p", save=False)["ui"], {})
        self.assertEqual(self.read("p.done")["FrameCount"], 2)

    def test_the_node_refuses_a_prefix_that_leaves(self):
        with comfyui(os.path.join(self.root, "output")), self.assertRaises(ValueError):
            DailiesDoneMarker().save_and_mark([Image()], "../p")
        self.assertEqual(os.listdir(self.root), [])


if __name__ == "__main__":
    unittest.main()
