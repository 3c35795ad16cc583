"""The report says what the answers say, fetches nothing, and obeys no name."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from exports.report import report_html
from exports.report_figures import told, told_interval
from exports.report_html import figure
from exports.report_sections import MEASURES, quality_sentence
from exports.svg import svg_text
from exports.words import UnknownCode, catalogue, knows
from layouts.standards import profile as profile_of
from layouts.standards import profile_ids

EVIL = '"><script src="http://x.y/z.js"></script><img src=x onerror=alert(1)>'


class Page(HTMLParser):
    """Tags, attributes and the text of a page, as a browser would take them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data + "\n"


def finding(status: str = "fail", **more: object) -> dict:
    base = {
        "code": "drawing.clear_width", "status": status, "severity": "error", "certainty": "from_memory",
        "profile": "iraq-default", "edition": "2026-11", "clause": "AD2-09", "measured": 1320.0, "required": 1500.0,
        "unit": "mm", "where": ["registration-1"], "values": {"width": 1320},
    }  # fmt: skip
    return {**base, **more}


@pytest.fixture
def answers() -> dict:
    return {
        "project": {"title": "Dahuk centre", "ministry": "Labour", "visitors_per_day": 520, "nested": {"not": "shown"}},
        "capacity": {
            "banks": [
                {"id": "reg", "services": ["a", "b"], "positions": 5, "accessible_positions": 1, "seats": 18,
                 "wheelchair_bays": 1, "open": [2, 3, 5, 5, 4, 3, 2], "staff_by_skill": {"clerk": 5}},
                {"id": "cash", "services": ["c"], "positions": 3, "accessible_positions": 1, "seats": 10,
                 "wheelchair_bays": 1},
            ],
            "services": [{"id": "a", "name": "Registration", "p_within": 0.912, "wait_p90_min": 13.5}],
        },
        "solution": {
            "status": "feasible", "objective": 272005.0, "bound": 258000.0, "gap": 0.0515, "terms": {"walk": 250000.0},
            "freedom": {"spines": 3, "setbacks_mm": [0, 1200, 2400]}, "seed": 1, "versions": {"ortools": "9.15"},
            "question_digest": "abc123",
        },
        "measures": {"linearity": 0.9284, "backtrack_share": 0.0, "egress_max_m": None},
        "findings": [finding(), finding("pass", values={"width": 1800}), finding(values={"width": 1210})],
        "not_checked": ["Smoke control", finding("not_checked", values={"width": 99})],
        "roster": {
            "solution": {"status": "feasible", "gap": 0.02},
            "assignments": [{"staff": "s1", "name": "Layla Hassan"}, {"staff": "s2"}, {"staff": "s1"}],
            "shortages": [{"date": "2026-11-22", "skill": "clerk", "missing": 1, "name": "Layla Hassan"}],
            "fairness": {"hours_spread": 2.5, "by_person": {"Layla Hassan": 40}},
        },
        "assumptions": [{"name": "Seat width", "value": 550, "unit": "mm", "source": "beam seating"}],
    }  # fmt: skip


def test_all_parts_are_told(answers):
    text = Page(report_html(answers)).text
    for said in (
        "Dahuk centre",
        "8 positions are needed, 8 of them at counters, 0 at welcome desks, checks and kiosks and 0 in the back office,",
        "with 28 waiting seats and 2 wheelchair places.",
        "2 … 5",
        "Within 5.2 % of the best possible for the typologies and spines named below and this module library.",
        "258,000",
        "0, 1200, 2400",
        "Share of all walking that leads forward along the main aisle; 1 is straight on.",
        "Planning check against profile iraq-default.",
        "2 failed, 1 passed, 0 not applicable, 2 not checked.",
        "from memory, to be verified",
        "Smoke control",
        "clear 99",
        "3 shifts for 2 staff members; 1 shortages.",
        "beam seating",
        "abc123",
    ):
        assert said in text, said


def test_a_shortage_is_told_by_the_clock_and_with_its_reason(answers):
    short = {"date": "2026-11-22", "start_min": 510, "skill": "clerk", "missing": 1, "reason": "hours_exhausted"}
    roster = answers["roster"] | {"shortages": [short]}
    text = Page(report_html(answers | {"roster": roster})).text
    assert "08:30" in text and "hours or days of the week used up" in text and "510" not in text


def test_nothing_that_fails_is_hidden_in_a_fold(answers):
    html = report_html(answers)
    folded = html[html.index("<details>") : html.index("</details>")]
    assert "clear 1800" in folded
    assert "clear 1320" not in folded
    assert html.index("clear 1320") < html.index("clear 1210") < html.index("<details>")


def test_no_person_is_named(answers):
    assert "Layla" not in report_html(answers)


def test_a_measure_without_value_is_not_shown(answers):
    assert "Longest way out" not in report_html(answers)


def test_every_measure_has_a_definition():
    assert [m for m in MEASURES if not (knows(f"report.measure.{m}") and knows(f"report.measure.{m}.means"))] == []


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"status": "optimal", "gap": 0.0}, "Proven to be the best"),
        ({"status": "feasible", "gap": None}, "not known"),
        ({"status": "infeasible"}, "no layout meets"),
        ({"status": "unknown"}, "No layout was found"),
    ],
)
def test_quality_is_claimed_only_where_it_is_proven(answer, said):
    sentence = quality_sentence(answer, "en")
    assert said in sentence
    assert "Within" not in sentence


def test_names_from_people_cannot_become_markup(answers):
    def poison(value):
        if isinstance(value, dict):
            return {k: poison(v) if k not in ("code", "status") else v for k, v in value.items()}
        if isinstance(value, list):
            return [poison(v) for v in value]
        return EVIL if isinstance(value, str) else value

    page = Page(report_html(poison(answers)))
    assert not {"script", "img"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert EVIL in page.text


def test_the_page_fetches_nothing(answers, drawing):
    html = report_html(answers, picture=svg_text(drawing))
    page = Page(html)
    links = [v for n, v in page.attributes if n in ("src", "href") and not (v or "").startswith("#")]
    assert links == []
    assert not re.search(r"@import|url\(", html)
    assert "svg" in page.tags


def test_an_arabic_page_runs_from_right_to_left(answers):
    assert '<html lang="ar" dir="rtl">' in report_html(answers, language="ar")


def test_parts_without_an_answer_are_left_out():
    page = Page(report_html({"project": {"title": "Empty"}}))
    assert "section" not in page.tags


def test_a_finding_without_words_is_a_fault(answers):
    answers["findings"] = [finding(code="nobody.wrote.this")]
    with pytest.raises(UnknownCode):
        report_html(answers)


def test_a_finding_says_where_its_figure_was_read(answers):
    read = finding(certainty="read", source="Guide <1>, p. 3")
    answers["findings"] = [read, finding(certainty="default", source="planning default")]
    text = Page(report_html(answers)).text
    assert "read in the source: Guide <1>, p. 3" in text and "planning default: planning default" not in text


def test_costs_and_scenarios_are_told_with_their_charts() -> None:
    share = {"value": 0.9, "low": 0.88, "high": 0.92}
    row = {
        "name": "base", "visitors_per_day": 100.0, "p_within": share, "wait_mean_min": share, "wait_more_min": share,
        "not_served": share, "tie": True, "planned": {"staff_hours_per_week": 321.0}, "changes": {"name": "Two <b> clerks"},
    }  # fmt: skip
    costs = {"currency": "USD", "capital": 12345.6, "capital_lines": [], "running_lines": [
        {"id": "staff", "quantity": 2000.0, "unit": "h", "rate": 4.5, "amount": 9000.0}]}  # fmt: skip
    payback = {"one_off": 5000.0, "years": 2.5}
    page = report_html({"scenarios": [row], "buying": {"costs": costs, "frontier": [], "payback": payback}})
    assert "Two &lt;b&gt; clerks" in page and "<b> clerks" not in page
    for said in ("321", "90.0 ± 2.0 %", "9000", "12346", "2.5 years", "Staff a year"):
        assert said in page.replace(",", "").replace("\u202f", ""), said


def test_sources_named_by_assumptions_are_listed_with_what_stands_behind_them(answers):
    answers["assumptions"] = [{"name": "triage", "value": 0.9, "unit": "min", "source": "DMV triage < 1 min (S84)"}]
    text = Page(report_html(answers)).text
    assert "S84\nMotor vehicle offices" in text and "S50" not in text


def test_a_report_that_names_no_source_has_no_list_of_sources(answers):
    answers["assumptions"] = [{"name": "seats", "value": 0.95, "source": "project"}]
    assert '<section id="sources">' not in report_html(answers)


def test_positions_of_the_report_agree_with_the_schedule_on_the_drawing():
    banks = [
        {"id": "reg", "kind": "counter", "positions": 5}, {"id": "welcome", "kind": "reception", "positions": 2},
        {"id": "files", "kind": "back_office", "positions": 4},
    ]  # fmt: skip
    text = Page(report_html({"capacity": {"banks": banks}})).text
    assert "11 positions are needed, 5 of them at counters, 2 at welcome desks, checks and kiosks and 4 in the" in text


def test_assumptions_go_by_names_people_know():
    text = Page(report_html({"assumptions": [{"name": "min rest", "value": 660, "unit": "min"}]})).text
    assert "Least rest between duties" in text and "min rest" not in text


def test_figures_keep_their_order_on_an_arabic_page():
    told = figure("2.245 ± 0.095"), figure(-0.308), figure("0, 1200, 2400"), figure("وُجد 3"), figure("feasible")
    assert told[0] == '<bdi dir="ltr">2.245 ± 0.095</bdi>'
    assert told[1] == '<bdi dir="ltr">-0.308</bdi>'
    assert told[2] == '<bdi dir="ltr">0, 1200, 2400</bdi>'
    assert told[3:] == ("وُجد 3", "feasible")


def test_rules_of_profiles_go_by_names_and_certainty_by_words():
    rows = [{"name": "turning circle", "value": 1525, "unit": "mm", "certainty": "from_memory"}]
    text = Page(report_html({"assumptions": rows})).text
    assert "Wheelchair turning circle" in text and "from memory, to be verified" in text and "from_memory" not in text


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_rule_of_every_profile_has_a_name(language):
    for profile in map(profile_of, profile_ids()):
        for rule in profile.rules.values():
            name = (rule.key.removesuffix(f"_{rule.unit}")).replace(" ", "_")
            assert f"report.assumption.of.{name}" in catalogue(language), rule.key


def test_shares_are_told_as_per_cent_and_minutes_to_a_tenth():
    assert [told(0.9203, "p_within"), told(4.9267, "wait_mean_min"), told(7, "seats")] == ["92 %", 4.9, 7]
    assert told_interval(0.941, 0.944, "p_within") == "94.1 ± 0.3 %"
    assert told_interval(2.26, 2.356, "wait_mean_min") == "2.26 ± 0.10"
