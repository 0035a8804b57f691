"""Pelican's settings: what the benchmark's other sites make too, and nothing more.

Caching stays off, as it is by default; Markdown keeps Pelican's default extensions. Summaries are
plain text (Pelican would run Markdown over each), and there is one feed.
"""

import json
from pathlib import Path

SITENAME = "Netzwerk Musterstadt"
SITEURL = "https://netzwerk.example"
TAGLINE = "Ein erfundenes Netzwerk zum Messen"
PATH = "content"
ARTICLE_PATHS = ["posts"]
TIMEZONE = "Europe/Berlin"
DEFAULT_LANG = "de"
DEFAULT_DATE_FORMAT = "%d.%m.%Y"
THEME = "theme"
THEME_STATIC_DIR = "."
USE_FOLDER_AS_CATEGORY = False
FORMATTED_FIELDS: list[str] = []

ARTICLE_URL = "aktuelles/{slug}/"
ARTICLE_SAVE_AS = "aktuelles/{slug}/index.html"
TAG_URL = "schlagworte/{slug}/"
TAG_SAVE_AS = "schlagworte/{slug}/index.html"
TAGS_SAVE_AS = "schlagworte/index.html"
AUTHOR_URL = "akteure/{slug}/"
AUTHOR_SAVE_AS = "akteure/{slug}/index.html"
AUTHORS_SAVE_AS = "akteure/index.html"
YEAR_ARCHIVE_URL = "aktuelles/archiv/{date:%Y}/"
YEAR_ARCHIVE_SAVE_AS = "aktuelles/archiv/{date:%Y}/index.html"
ARCHIVES_SAVE_AS = "aktuelles/archiv/index.html"
NEWS_URL = "aktuelles/"
NEWS_SAVE_AS = "aktuelles/index.html"
SITEMAP_SAVE_AS = "sitemap.xml"
CATEGORY_SAVE_AS = ""

DIRECT_TEMPLATES = ["index", "news", "tags", "authors", "archives", "sitemap"]
PAGINATED_TEMPLATES = {"news": 20, "tag": 20, "period_archives": 20}
PAGINATION_PATTERNS = (
    (1, "{url}", "{save_as}"),
    (2, "{base_name}/seite/{number}/", "{base_name}/seite/{number}/index.html"),
)

FEED_ALL_ATOM = "feed.xml"
FEED_MAX_ITEMS = 20
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None

PLUGIN_PATHS = ["."]
PLUGINS = ["neighbours"]

# Pelican has no second taxonomy: the actors are its authors, by their ids; their names are here.
ACTORS = json.loads((Path(__file__).parent / "actors.json").read_text(encoding="utf-8"))
