"""Kinds of findings → the success criteria of WCAG 2.2 (levels A and AA) that they break.

The check names the criterion in its message and the accessibility statement lists what is checked,
both from here, so that neither can claim what the other doesn't do.
"""

from typing import Final

CRITERIA: Final = {
    "picture-without-alt": "1.1.1",
    "page-without-main": "1.3.1",
    "page-without-heading": "1.3.1",
    "heading-skipped": "1.3.1",
    "bad-list": "1.3.1",
    "table-without-header": "1.3.1",
    "label-nowhere": "1.3.1",
    "low-contrast": "1.4.3",
    "zoom-blocked": "1.4.4",
    "no-skip-link": "2.4.1",
    "page-without-title": "2.4.2",
    "ambiguous-links": "2.4.4",
    "page-without-language": "3.1.1",
    "field-without-label": "3.3.2",
    "without-name": "4.1.2",
    "repeated-id": "4.1.2",
}
"""Code → number of the criterion, in the order of the numbers."""
