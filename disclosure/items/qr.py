"""QR codes of pages, made here so that no other host learns what people read."""

import qrcode
from qrcode.image.svg import SvgPathImage

# Quiet zone of four modules (ISO/IEC 18004); level M still reads on a worn notice board.
BORDER = 4


def qr_svg(text: str) -> bytes:
    """An SVG file with the QR code of `text`; black on white in every colour scheme, so that phones can read it."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=BORDER, image_factory=WhiteGround)
    code.add_data(text)
    code.make(fit=True)
    return bytes(code.make_image().to_string(encoding="utf-8"))


class WhiteGround(SvgPathImage):
    """The path on a white ground; the library's own image is see-through and vanishes on dark pages."""

    background = "white"
