"""A pathway as large as they get."""

from tests.core.samples import mentored, milestone, pathway, stage


def large(size=500):
    """`size` milestones, a multiple of 5, in 5 stages on 10 tracks, each with up to four
    prerequisites, in rules five levels deep of every kind.
    """
    tracks = tuple(f"t{n}" for n in range(10))
    parts = [
        (mentored if n % 3 else milestone)(
            f"m{n}",
            effort_hours=1 + n % 40,
            prerequisites=[f"m{k}" for k in sorted({n - 1, n // 2, n // 3, n - 7}) if 0 <= k < n],
            tracks=None if n % 5 else [t for i, t in enumerate(tracks) if (i + n) % 3],
        )
        for n in range(size)
    ]

    def rule(first, size, depth):
        if size < 4 or depth == 5:
            return {"kind": "all_of", "of": [f"m{n}" for n in range(first, first + size)]}
        half = [f"m{n}" for n in range(first, first + size // 2)]
        rest = size - len(half)
        groups = [
            rule(first + len(half), rest // 2, depth + 1),
            rule(first + len(half) + rest // 2, rest - rest // 2, depth + 1),
        ]
        match depth % 3:
            case 0:
                return {"kind": "all_of", "of": [*half, *groups]}
            case 1:
                weights = {key: 1 + n % 5 for n, key in enumerate(half)}
                groups = [{**group, "weight": 7} for group in groups]
                return {
                    "kind": "by_weight",
                    "count": size,
                    "of": [*half, *groups],
                    "weights": weights,
                    "required": half[1:2],
                }
            case _:
                return {"kind": "at_least", "count": max(size // 5, 1), "of": [*half, *groups]}

    part = size // 5
    rules = [
        rule(i * part, part, 1) if i % 2 else {"kind": "at_least", "count": part * 2 // 5}
        for i in range(5)
    ]
    stages = [stage(f"s{i}", *parts[i * part : i * part + part], rule=rules[i]) for i in range(5)]
    return pathway(*stages, tracks=tracks)
