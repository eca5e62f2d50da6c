"""Landscapes of a county that doesn't exist, drawn in the colours of the face."""

import io
import math
from dataclasses import dataclass
from hashlib import sha1

from django.core.files.images import ImageFile
from PIL import Image, ImageDraw
from wagtail.models import Collection

from portal.files.models import PublicImage

WIDTH, HEIGHT, FINE = 1600, 900, 2
SKY, SUN, RIVER = "#f7f0e4", "#e3a63a", "#a9c1d6"
COLLECTION = "公开图片"


@dataclass(frozen=True)
class Scene:
    """One landscape: its title, where the sun stands (parts of the size), and its ridges from far to near."""

    title: str
    sun: tuple[float, float]
    ridges: tuple[tuple[str, float, float, float], ...]
    river: bool = False


SCENES = {
    "river": Scene("青河谷地", (0.74, 0.3), (("#efe6d8", 0.5, 0.1, 2.1), ("#cfd8c4", 0.62, 0.07, 3.2), ("#9db493", 0.8, 0.04, 4.4)), river=True),
    "terrace": Scene("龙泉茶山", (0.22, 0.26), (("#e6dac7", 0.48, 0.12, 1.7), ("#b9c8a4", 0.58, 0.09, 2.6), ("#8fab7c", 0.7, 0.07, 3.4), ("#6f9163", 0.84, 0.05, 4.6))),
    "lake": Scene("平湖水库", (0.6, 0.34), (("#e6dac7", 0.46, 0.11, 2.4), ("#c3cdb6", 0.56, 0.06, 3.8)), river=True),
    "town": Scene("沙溪古镇远眺", (0.84, 0.24), (("#efe6d8", 0.52, 0.08, 1.9), ("#d9cab2", 0.66, 0.05, 2.9), ("#c2ab8a", 0.82, 0.03, 3.6))),
    "fields": Scene("向阳镇田野", (0.4, 0.22), (("#efe6d8", 0.5, 0.06, 1.5), ("#dfd3a0", 0.62, 0.03, 2.2), ("#b6c07f", 0.74, 0.03, 3.0), ("#96aa6a", 0.86, 0.02, 4.2))),
}


def ensure_pictures() -> dict[str, int]:
    """The ids of all scenes by key; those that are missing are drawn."""
    return {key: (PublicImage.objects.filter(title=scene.title).first() or _store(key, scene)).pk for key, scene in SCENES.items()}


def draw(scene: Scene) -> Image.Image:
    """A scene at double size, then made smaller, which smooths its edges."""
    width, height = WIDTH * FINE, HEIGHT * FINE
    picture = Image.new("RGB", (width, height), SKY)
    pen = ImageDraw.Draw(picture)
    x, y, radius = scene.sun[0] * width, scene.sun[1] * height, 0.09 * height
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=SUN)
    for colour, level, swing, waves in scene.ridges:
        ridge = [(px, height * (level + swing * _wave(px / width, waves))) for px in range(0, width + 1, 8)]
        pen.polygon([(0, height), *ridge, (width, height)], fill=colour)
    if scene.river:
        near = [(px, height * (0.78 + 0.03 * _wave(px / width, 2.7))) for px in range(0, width + 1, 8)]
        far = [(px, py + height * (0.05 + 0.14 * px / width)) for px, py in reversed(near)]
        pen.polygon([*near, *far], fill=RIVER)
    return picture.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


def _wave(part: float, waves: float) -> float:
    """A hilly line between -1 and 1 over the width (0 to 1)."""
    return 0.62 * math.sin(part * waves * math.tau + waves) + 0.38 * math.sin(part * waves * 2.3 * math.tau + 1.3 * waves)


def _store(key: str, scene: Scene) -> PublicImage:
    target = io.BytesIO()
    draw(scene).save(target, "JPEG", quality=86)
    collection = Collection.objects.filter(name=COLLECTION).first() or Collection.get_first_root_node().add_child(name=COLLECTION)
    content = target.getvalue()
    image = PublicImage(title=scene.title, description=f"{scene.title}，示意画", collection=collection, width=WIDTH, height=HEIGHT, credit="本站绘制")
    image.file_size, image.file_hash = len(content), sha1(content, usedforsecurity=False).hexdigest()
    image.file.save(f"{key}.jpg", ImageFile(io.BytesIO(content), name=f"{key}.jpg"), save=False)
    image.save()
    return image
