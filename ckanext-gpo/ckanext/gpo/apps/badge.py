"""The badge that an app shows on its own pages: built on which platform. Pure."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

_HEIGHT = 28
_PADDING = 10
_MARK = 26


def svg(label: str, title: str) -> str:
    """A badge as SVG: what is said, and the name of the platform.

    >>> svg("Built on", "<Data>").count("&lt;Data&gt;")
    3
    """
    start, rest = (_width(text) + 2 * _PADDING for text in (label, title))
    start += _MARK
    width = start + rest
    words = f"{label} {title}"
    baseline = _HEIGHT // 2 + 5
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{_HEIGHT}"'
        f' role="img" aria-label={quoteattr(words)}><title>{escape(words)}</title>'
        f'<rect width="{width}" height="{_HEIGHT}" rx="4" fill="#0b5c7a"/>'
        f'<path d="M{start} 0h{rest - 4}a4 4 0 0 1 4 4v{_HEIGHT - 8}a4 4 0 0 1-4 4'
        f'h-{rest - 4}z" fill="#083f55"/>'
        '<path fill="#fff" fill-rule="evenodd" transform="translate(10 6) scale(.45)"'
        ' d="M1 1h10v10H1zM13 1h10v10H13zM25 1h10v10H25zM1 13h10v10H1zM25 13h10v10H25z'
        'M1 25h10v10H1zM13 25h10v10H13zM25 25h10v10H25zM13 13h10v10H13zM15 15v6h6v-6z"/>'
        '<g fill="#fff" font-size="13" font-family="Noto Sans SC,Source Han Sans SC,'
        'PingFang SC,Microsoft YaHei,sans-serif">'
        f'<text x="{_PADDING + _MARK}" y="{baseline}">{escape(label)}</text>'
        f'<text x="{start + _PADDING}" y="{baseline}">{escape(title)}</text></g></svg>'
    )


def _width(text: str) -> int:
    """About how many pixels a text takes: a Chinese character twice a Latin one."""
    return sum(13 if ord(character) > 0x2E80 else 7 for character in text)
