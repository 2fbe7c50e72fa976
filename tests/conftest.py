"""What every test may ask for."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shems_data() -> Path:
    """Return the folder of measured data, or skip where there is none."""
    folder = Path(os.environ.get("SHEMS_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"no measured data at {folder}; name its folder in SHEMS_DATA")
    return folder
