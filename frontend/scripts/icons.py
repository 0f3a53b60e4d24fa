"""Paint the PNG icons from `public/icons/blaze.svg` (once, after changing it).

Run with the project's Python: `python frontend/scripts/icons.py`. Needs Playwright and Chromium.
"""  # noqa: INP001

import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

ICONS = Path(__file__).parents[1] / "public" / "icons"
# Maskable and touch icons are cut by the system: no round corners, the mark a little smaller.
SIZES = {
    "192.png": (192, False),
    "512.png": (512, False),
    "maskable.png": (512, True),
    "touch.png": (180, True),
}


def main() -> None:
    """Write each icon of SIZES beside the SVG."""
    svg = (ICONS / "blaze.svg").read_text()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for name, (size, full) in SIZES.items():
            page = browser.new_page(viewport={"width": size, "height": size})
            drawn = svg.replace('rx="112"', "") if full else svg
            page.set_content(
                f"<style>body{{margin:0}}svg{{display:block;width:{size}px}}</style>{drawn}"
            )
            page.screenshot(path=ICONS / name, omit_background=True)
        browser.close()


if __name__ == "__main__":
    main()
