"""Tell each article which is the next newer and the next older one; Pelican itself doesn't."""

from typing import Any

from pelican import signals


def set_neighbours(generator: Any) -> None:  # noqa: ANN401 - Pelican has no types
    """Set ``newer`` and ``older`` on all articles of a generator."""
    articles = generator.articles
    for article, newer, older in zip(
        articles, (None, *articles), (*articles[1:], None), strict=False
    ):
        article.newer, article.older = newer, older


def register() -> None:
    """Be called by Pelican."""
    signals.article_generator_finalized.connect(set_neighbours)
