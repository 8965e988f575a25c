"""Charts on paper: the payload that the page's Chart.js reads, drawn by matplotlib.

Labels, data, limits and bands come out of the payload, so page and paper cannot disagree. Colours
are those of theme.css; hatching and direct labels keep them apart in a grey print. Importing
matplotlib costs about a second and 80 MB once a process, so it waits for the first chart.
"""

import io
import json
from collections.abc import Sequence
from functools import lru_cache
from textwrap import fill
from threading import Lock
from typing import Any

COLOURS = {
    "--rank-3": "#0b5d46",
    "--rank-4": "#3f9a7d",
    "--rank-potential-5": "#b9741a",
    "--rank-5": "#e0ae4a",
    "--state-exceeded": "#0b56a4",
    "--state-met": "#1a7443",
    "--state-on-track": "#1f7a80",
    "--state-attention": "#9a5b00",
    "--state-behind": "#b93a0c",
    "--state-slipping": "#6b34c0",
    "--state-missed": "#8f1515",
    "--state-not-due": "#6c7771",
    "--state-no-data": "#6c7771",
    "--state-no-target": "#6c7771",
    "--neutral": "#6c7771",
    "--grid": "#e8ebe6",
    "--ink": "#16211c",
    "--ink-soft": "#55605a",
}
"""The light theme's custom properties; a test holds them against theme.css."""

HATCHES = {"--rank-4": "....", "--rank-potential-5": "////", "--rank-5": ""}
WIDTH, DOTS = 6.22, 200
"""Inches (158 mm) and dots an inch."""
MAX_TICKS = 9
ONE_AT_A_TIME = Lock()
"""What matplotlib draws by belongs to the process, not to the thread."""
DASHES: tuple[Any, ...] = ("-", (0, (5, 2)))
Payload = dict[str, Any]


def draw_chart(payload: Payload) -> bytes:
    """The chart as a PNG. A payload of a type that is not known here raises ValueError."""
    return _picture(json.dumps(payload, default=str))


@lru_cache(maxsize=32)
def _picture(written: str) -> bytes:
    """The picture of a payload as the page would send it. Drawing one takes half a second, and
    the papers of one meeting are handed out to many: the last ones are kept, 2 MB in all."""
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    # Names may hold a "$": it is a letter here, not the beginning of a formula.
    payload: Payload = json.loads(written)
    look: Any = {"font.family": "DejaVu Sans", "font.size": 8, "text.parse_math": False}
    with ONE_AT_A_TIME, rc_context(look | {"hatch.linewidth": 0.7}):
        figure = Figure(figsize=(WIDTH, _height(payload)), dpi=DOTS, layout="constrained")
        canvas = FigureCanvasAgg(figure)
        axes = figure.add_subplot()
        _draw(axes, payload)
        _name_datasets(figure, axes, payload)
        picture = io.BytesIO()
        # savefig would draw everything twice, to find out first how much room the words take.
        canvas.print_png(picture, metadata={"Software": None})
    return picture.getvalue()


def _draw(axes: Any, payload: Payload) -> None:
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(COLOURS["--ink-soft"])
    axes.tick_params(color=COLOURS["--ink-soft"])
    axes.set_axisbelow(True)
    if payload["type"] == "bar" and _flat(payload):
        _draw_flat_bars(axes, payload)
    elif payload["type"] == "bar":
        _draw_bars(axes, payload)
    elif payload["type"] == "line" and any("fill" in each for each in _datasets(payload)):
        _draw_areas(axes, payload)
    elif payload["type"] == "line":
        _draw_lines(axes, payload)
    else:
        raise ValueError(f"no drawing for a chart of type {payload['type']!r}")


def _datasets(payload: Payload) -> list[dict[str, Any]]:
    return list(payload["data"]["datasets"])


def _labels(payload: Payload) -> list[str]:
    return [str(label) for label in payload["data"]["labels"]]


def _flat(payload: Payload) -> bool:
    return payload["options"].get("indexAxis") == "y"


def _height(payload: Payload) -> float:
    if payload["type"] != "bar" or not _flat(payload):
        return 2.3
    return 0.9 + 0.26 * len(_labels(payload)) * (1.3 if _stacks(payload) > 1 else 1)


def _stacks(payload: Payload) -> int:
    return len({dataset.get("stack") for dataset in _datasets(payload)})


def colour(token: Any) -> tuple[str, float, str]:
    """(colour, opacity, hatch) of "--rank-3", "--rank-3/40" or "--rank-3/hatch"."""
    name, _slash, how = str(token).partition("/")
    if name == "transparent":
        return "none", 0.0, ""
    hatch = "/////" if how == "hatch" else HATCHES.get(name, "")
    return COLOURS.get(name, COLOURS["--neutral"]), int(how) / 100 if how.isdigit() else 1.0, hatch


def _look(token: Any) -> dict[str, Any]:
    """How a bar or an area is filled; what is hatched ("on the way") is white between its lines."""
    shade, opacity, hatch = colour(token)
    on_the_way = str(token).endswith("/hatch")
    return {
        "facecolor": "white" if on_the_way else shade,
        "edgecolor": shade if on_the_way else "white",
        "alpha": None if on_the_way else opacity,
        "hatch": hatch,
        "linewidth": 0.6,
    }


def _numbers(values: Sequence[Any]) -> list[float]:
    return [0.0 if value is None else float(value) for value in values]


# --- Bars -----------------------------------------------------------------------------------------


def _draw_bars(axes: Any, payload: Payload) -> None:
    """Upright bars with their value on top, over the band or line of what was promised."""
    labels = _labels(payload)
    for dataset in _datasets(payload):
        tokens = dataset["backgroundColor"]
        for place, value in enumerate(dataset["data"]):
            token = tokens[place] if isinstance(tokens, list) else tokens
            axes.bar(place, _numbers([value])[0], 0.55, **_look(token))
            axes.annotate(
                "–" if value is None else f"{value:g}",
                (place, value or 0),
                xytext=(0, 2),
                textcoords="offset points",
                ha="center",
                fontweight="bold",
            )
    axes.set_xticks(range(len(labels)), labels)
    axes.set_xlim(-0.6, max(len(labels), 1) - 0.2)
    _count_axis(axes.yaxis, axes)
    _mark_limits(axes, payload)


def _draw_flat_bars(axes: Any, payload: Payload) -> None:
    """Lying bars, stacked; datasets of different stacks stand under one another."""
    labels = _labels(payload)
    stacks = list(dict.fromkeys(dataset.get("stack") for dataset in _datasets(payload)))
    thick = 0.74 / len(stacks)
    ends: dict[tuple[Any, int], list[float]] = {}
    for dataset in _datasets(payload):
        stack = dataset.get("stack")
        shift = (stacks.index(stack) - (len(stacks) - 1) / 2) * thick
        values = _numbers(dataset["data"])
        starts = [sum(ends.get((stack, place), [])) for place in range(len(values))]
        rows = [place + shift for place in range(len(values))]
        axes.barh(rows, values, thick, starts, **_look(dataset["backgroundColor"]))
        for place, value in enumerate(dataset["data"]):
            # What is not known, such as a target nobody gave, is no 0.
            if value is not None:
                ends.setdefault((stack, place), []).append(value)
    apart = any(
        str(dataset["backgroundColor"]).endswith("/hatch") for dataset in _datasets(payload)
    )
    for (stack, place), parts in ends.items():
        shift = (stacks.index(stack) - (len(stacks) - 1) / 2) * thick
        # What is on the way is never added to what counts.
        first, *more = parts if apart else [sum(parts)]
        words = " + ".join(f"{part:g}" for part in (first, *filter(None, more)))
        axes.annotate(
            words, (sum(parts), place + shift), (3, 0), textcoords="offset points", va="center"
        )
    axes.set_yticks(range(len(labels)), [fill(label, 34) for label in labels])
    axes.invert_yaxis()
    _count_axis(axes.xaxis, axes)


def _count_axis(axis: Any, axes: Any) -> None:
    from matplotlib.ticker import MaxNLocator

    axis.set_major_locator(MaxNLocator(6, integer=True))
    axis.grid(True, color=COLOURS["--grid"], linewidth=0.8)
    upright = axis.axis_name == "y"
    _low, high = axes.get_ylim() if upright else axes.get_xlim()
    reach = (0, max(high, 5) * (1.06 if upright else 1.12))
    axes.set_ylim(*reach) if upright else axes.set_xlim(*reach)


# --- Lines and areas ------------------------------------------------------------------------------


def _draw_areas(axes: Any, payload: Payload) -> None:
    """Stacked areas in steps; what is still ahead is lighter."""
    datasets, labels = _datasets(payload), _labels(payload)
    below = [0.0] * len(labels)
    places = list(range(len(labels)))
    ahead = datasets[0].get("futureFrom", len(labels)) if datasets else len(labels)
    for dataset in datasets:
        above = [a + b for a, b in zip(below, _numbers(dataset["data"]), strict=True)]
        look = _look(dataset["backgroundColor"])
        opacity = look.pop("alpha") or 1.0
        for first, last, strength in ((0, ahead, opacity), (ahead, len(labels) - 1, 0.4)):
            span = slice(first, last + 1)
            axes.fill_between(
                places[span], below[span], above[span], step="pre", alpha=strength, **look
            )
        below = above
    axes.plot(places, below, drawstyle="steps-pre", color=COLOURS["--ink"], linewidth=0.9)
    _day_axis(axes, labels)
    _count_axis(axes.yaxis, axes)
    _mark_today(axes, labels, ahead)
    _mark_limits(axes, payload)


def _draw_lines(axes: Any, payload: Payload) -> None:
    """Shares over time, each with its limit dashed in its colour; what is ahead is dotted."""
    labels = _labels(payload)
    ahead = len(labels)
    for place, dataset in enumerate(_datasets(payload)):
        shade, _opacity, _hatch = colour(dataset["borderColor"])
        values = [float("nan") if value is None else float(value) for value in dataset["data"]]
        ahead = dataset.get("futureFrom", len(labels))
        dash = DASHES[place % len(DASHES)]
        axes.plot(range(ahead + 1), values[: ahead + 1], color=shade, linewidth=1.8, linestyle=dash)
        axes.plot(
            range(ahead, len(labels)), values[ahead:], color=shade, linewidth=1.4, linestyle=":"
        )
    _day_axis(axes, labels)
    suffix = payload["options"]["plugins"].get("twin", {}).get("suffix", "")
    axes.yaxis.set_major_formatter(lambda value, _place: f"{value:g}{suffix}")
    scale = payload["options"].get("scales", {}).get("y", {})
    axes.set_ylim(scale.get("min", 0), scale.get("max"))
    axes.grid(axis="y", color=COLOURS["--grid"], linewidth=0.8)
    _mark_today(axes, labels, ahead)
    _mark_limits(axes, payload)


def _day_axis(axes: Any, labels: list[str]) -> None:
    step = max(1, -(-len(labels) // MAX_TICKS))
    places = range(0, len(labels), step)
    axes.set_xticks(places, [labels[place] for place in places], rotation=30, ha="right")
    axes.set_xlim(0, max(len(labels) - 1, 1))


def _mark_today(axes: Any, labels: list[str], place: int) -> None:
    """A thin line at the last day of the figures: what is right of it lies ahead."""
    if 0 < place < len(labels) - 1:
        axes.axvline(place, color=COLOURS["--ink-soft"], linewidth=0.8)


def _mark_limits(axes: Any, payload: Payload) -> None:
    """Bands and lines of the annotation plugin, with their words."""
    notes = payload["options"]["plugins"].get("annotation", {}).get("annotations", {})
    heights = {"start": 0.12, "center": 0.5, "end": 0.9}
    for note in notes.values():
        shade, _opacity, _hatch = colour(note.get("borderColor", "--neutral"))
        words = note.get("label", {}).get("content", "")
        if "xMin" in note:
            axes.axvline(note["xMin"], color=shade, linewidth=1, linestyle=(0, (4, 3)))
            height = heights.get(note.get("label", {}).get("position"), 0.9)
            axes.annotate(
                words,
                (note["xMin"], height),
                xytext=(-3, 0),
                textcoords="offset points",
                xycoords=axes.get_xaxis_transform(),
                ha="right",
                va="center",
                color=shade,
                bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1},
            )
            continue
        low, high = note["yMin"], note["yMax"]
        if low != high:
            axes.axhspan(low, high, color=shade, alpha=0.22, zorder=0)
        for limit in {low, high}:
            axes.axhline(limit, color=shade, linewidth=1, linestyle=(0, (5, 3)))
        _bottom, top = axes.get_ylim()
        axes.set_ylim(top=max(top, high * 1.1))
        axes.annotate(
            words,
            (1, (low + high) / 2),
            xycoords=("axes fraction", "data"),
            xytext=(-3, 0 if low != high else 5),
            textcoords="offset points",
            ha="right",
            va="center",
            fontweight="bold",
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.7, "pad": 0.5},
        )


def _name_datasets(figure: Any, axes: Any, payload: Payload) -> None:
    """Which look is which dataset, under the chart; a single one is named by the caption."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    datasets = _datasets(payload)
    if len(datasets) < 2:
        return
    filled = payload["type"] == "bar" or any("fill" in dataset for dataset in datasets)
    keys: list[Any] = [
        Patch(label=dataset["label"], **_look(dataset["backgroundColor"]))
        if filled
        else Line2D(
            [],
            [],
            label=dataset["label"],
            color=colour(dataset["borderColor"])[0],
            linestyle=DASHES[place % len(DASHES)],
        )
        for place, dataset in enumerate(datasets)
    ]
    figure.legend(handles=keys, loc="outside lower center", ncols=min(4, len(keys)), frameon=False)
