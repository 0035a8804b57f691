"""What may stand in a published drawing: elements and attributes of SVG 2, Filter Effects, Masking.

Missing on purpose: what runs (``script``, ``on…``), holds other documents (``foreignObject``,
``iframe``, ``audio``, ``video``), leads away (``a``), and what is only noted (``metadata``).
"""

from typing import Final

_SHAPES: Final = ("circle", "ellipse", "line", "path", "polygon", "polyline", "rect")
_FILTERS: Final = (
    *("feBlend", "feColorMatrix", "feComponentTransfer", "feComposite", "feConvolveMatrix"),
    *("feDiffuseLighting", "feDisplacementMap", "feDistantLight", "feDropShadow", "feFlood"),
    *("feFuncA", "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur", "feImage", "feMerge"),
    *("feMergeNode", "feMorphology", "feOffset", "fePointLight", "feSpecularLighting"),
    *("feSpotLight", "feTile", "feTurbulence"),
)
ANIMATIONS: Final = frozenset({"animate", "animateTransform", "set"})
ELEMENTS: Final = frozenset(
    {
        *_SHAPES,
        *_FILTERS,
        *ANIMATIONS,
        *("animateMotion", "clipPath", "defs", "desc", "filter", "g", "image", "linearGradient"),
        *("marker", "mask", "mpath", "pattern", "radialGradient", "stop", "style", "svg", "switch"),
        *("symbol", "text", "textPath", "title", "tspan", "use"),
    }
)
INVISIBLE: Final = frozenset({"metadata", "cursor", "view"})
"""Elements of SVG that are left out without a word: nothing of them is seen."""
REFERRING: Final = frozenset(
    {
        *("feImage", "filter", "linearGradient", "mpath", "pattern", "radialGradient"),
        *("textPath", "use"),
        *ANIMATIONS,
        "animateMotion",
    }
)
"""Elements whose ``href`` may name another part of the drawing."""
XML_ATTRIBUTES: Final = frozenset({"lang", "space"})

PROPERTIES: Final = frozenset(
    {
        *("alignment-baseline", "baseline-shift", "clip", "clip-path", "clip-rule", "color"),
        *("color-interpolation", "color-interpolation-filters", "color-rendering", "cursor"),
        *("direction", "display", "dominant-baseline", "enable-background", "fill", "fill-opacity"),
        *("fill-rule", "filter", "flood-color", "flood-opacity", "font", "font-family"),
        *("font-feature-settings", "font-kerning", "font-size", "font-size-adjust"),
        *("font-stretch", "font-style", "font-variant", "font-weight", "image-rendering"),
        *("isolation", "kerning", "letter-spacing", "lighting-color", "line-height", "marker"),
        *("marker-end", "marker-mid", "marker-start", "mask", "mask-type", "mix-blend-mode"),
        *("opacity", "overflow", "paint-order", "pointer-events", "shape-rendering"),
        *("solid-color", "solid-opacity", "stop-color", "stop-opacity", "stroke"),
        *("stroke-dasharray", "stroke-dashoffset", "stroke-linecap", "stroke-linejoin"),
        *("stroke-miterlimit", "stroke-opacity", "stroke-width", "text-align", "text-anchor"),
        *("text-decoration", "text-orientation", "text-overflow", "text-rendering", "transform"),
        *("transform-box", "transform-origin", "unicode-bidi", "vector-effect", "visibility"),
        *("white-space", "word-spacing", "writing-mode", "animation", "animation-delay"),
        *("animation-direction", "animation-duration", "animation-fill-mode"),
        *("animation-iteration-count", "animation-name", "animation-play-state"),
        *("animation-timing-function", "transition", "offset-distance", "offset-rotate"),
        *("rotate", "scale", "translate"),
    }
)
"""Properties of CSS that draw and move (SVG 2, appendix „property index“; CSS Animations)."""
GEOMETRY: Final = frozenset(
    {
        *("cx", "cy", "d", "dx", "dy", "fr", "fx", "fy", "height", "offset", "pathLength"),
        *("points", "r", "rx", "ry", "startOffset", "viewBox", "width", "x", "x1", "x2", "y"),
        *("y1", "y2", "gradientTransform", "patternTransform"),
    }
)
_FILTER_ATTRIBUTES: Final = (
    *("amplitude", "azimuth", "baseFrequency", "bias", "diffuseConstant", "divisor", "edgeMode"),
    *("elevation", "exponent", "in", "in2", "intercept", "k1", "k2", "k3", "k4"),
    *("kernelMatrix", "kernelUnitLength", "limitingConeAngle", "mode", "numOctaves", "operator"),
    *("order", "pointsAtX", "pointsAtY", "pointsAtZ", "preserveAlpha", "primitiveUnits"),
    *("radius", "result", "scale", "seed", "slope", "specularConstant", "specularExponent"),
    *("stdDeviation", "stitchTiles", "surfaceScale", "tableValues", "targetX", "targetY"),
    *("xChannelSelector", "yChannelSelector", "z", "filterUnits", "filterRes"),
)
_TIMING: Final = (
    *("accumulate", "additive", "attributeName", "attributeType", "begin", "by", "calcMode"),
    *("dur", "end", "from", "keyPoints", "keySplines", "keyTimes", "max", "min", "origin"),
    *("path", "repeatCount", "repeatDur", "restart", "to", "values"),
)
ATTRIBUTES: Final = frozenset(
    {
        *PROPERTIES,
        *GEOMETRY,
        *_FILTER_ATTRIBUTES,
        *_TIMING,
        *("aria-describedby", "aria-hidden", "aria-label", "aria-labelledby", "class", "id"),
        *("lang", "role", "baseProfile", "clipPathUnits", "gradientUnits", "lengthAdjust"),
        *("maskContentUnits", "maskUnits", "markerHeight", "markerUnits", "markerWidth"),
        *("method", "orient", "patternContentUnits", "patternUnits", "preserveAspectRatio"),
        *("refX", "refY", "requiredExtensions", "requiredFeatures", "side", "spacing"),
        *("spreadMethod", "systemLanguage", "textLength", "type", "version", "zoomAndPan"),
    }
)
"""Attributes of any element; ``href`` and ``style`` are looked at by themselves."""
_MOVES: Final = (PROPERTIES | GEOMETRY | set(_FILTER_ATTRIBUTES)) - {"cursor"}
ANIMATED: Final = {
    "animate": _MOVES,
    "set": _MOVES | {"class"},
    "animateTransform": frozenset({"transform", "gradientTransform", "patternTransform"}),
}
"""Element → the attributes of others that it may change: never an address or a style."""
