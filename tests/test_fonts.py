from __future__ import annotations

import subprocess
import sys

FOUR_AT_ONCE = """
import time
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from types import ModuleType

import fontTools.ttLib.tables as tables

from slidebuild.fonts import needed_characters, subset


class Slow(ModuleType):
    def __setattr__(self, name, value):
        time.sleep(0.02)  # a module is loaded, and another thread looks for it in its package
        super().__setattr__(name, value)


tables.__class__ = Slow
data = (files("fontpkg_fira_sans") / "files" / "FiraSans-Regular.ttf").read_bytes()
with ThreadPoolExecutor(4) as threads:
    made = threads.map(lambda letter: subset(data, needed_characters([letter])), "αβγδ")
    print(*(font[:4].decode() for font in made))
"""


def test_threads_that_load_what_fonts_need_at_the_same_time_do_not_disturb_each_other() -> None:
    ran = subprocess.run([sys.executable, "-c", FOUR_AT_ONCE], capture_output=True, text=True, check=False)
    assert (ran.stdout.split(), ran.stderr) == (["wOF2"] * 4, "")
