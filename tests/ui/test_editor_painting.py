"""When the plan is painted: once for a gesture, at once for keys, and not at all where nothing on it differs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.ui.editor_hand import Hand

DROP = """async (root, answered) => {
  const ed = root.editor, bodies = ed.view.sources.bodies, before = bodies.data, sent = []
  const from = ed.view.toScreen([5000, 2275]), to = ed.view.toScreen([6500, 3275]), keys = {altKey: true}
  const ghosts = () => ed.overlay.groups.ghost.children.length
  ed.sendMessage = (message) => sent.push(message)
  ed.pointer("down", from, {})
  ed.pointer("move", to, keys)
  ed.pointer("up", to, keys)
  await null  // a picture that is wanted now would be painted by then
  const told = {sent: sent.filter((m) => m.type === "command").length, ghosts: ghosts(), painted: bodies.data !== before}
  if (answered) {
    const seat = {...ed.things.get("item:seat-1"), o: [9000, 2000]}
    ed.receive({type: "ack", seq: ed.seq, rev: ed.rev + 1, text: "", set: [seat], gone: []})
    await null
    told.after = bodies.data !== before
  }
  return told
}"""


def dropped(hand: Hand, answered: bool) -> Any:
    return hand.page.locator(".ed-root").evaluate(DROP, answered)


def test_what_is_dropped_stays_drawn_in_the_hand_and_the_plan_is_painted_when_it_is_answered(
    open_editor: Callable[..., Hand],
) -> None:
    hand = open_editor()
    told = dropped(hand, answered=True)
    assert told == {"sent": 1, "ghosts": told["ghosts"], "painted": False, "after": True} and told["ghosts"] > 0
    hand.until(lambda: hand.ed("ed.overlay.groups.ghost.children.length === 0 && !ed.frame"))
    assert hand.ed("ed.things.get('item:seat-1').o") == [9_000, 2_000]


def test_an_answer_that_is_late_is_not_waited_for(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    told = dropped(hand, answered=False)
    assert (told["sent"], told["painted"]) == (1, False)
    hand.until(lambda: hand.ed("ed.overlay.groups.ghost.children.length === 0"))
    assert hand.ed("ed.pending.length") == 1
    assert hand.ed("ed.view.shown.bodies.xs.some((xs) => Math.min(...xs) > 6000)"), "the seat is drawn where it was dropped"


def test_a_drag_that_comes_to_nothing_leaves_nothing_in_the_hand(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    there = (5_000, 2_275)
    hand.page.mouse.move(*hand.at(*there))
    hand.page.mouse.down()
    hand.page.mouse.move(*hand.at(6_000, 2_275), steps=3)
    hand.page.mouse.move(*hand.at(*there), steps=3)
    hand.page.mouse.up()
    hand.until(lambda: hand.ed("ed.overlay.groups.ghost.children.length === 0 && !ed.held && !ed.frame"))
    assert hand.bench.asked == [] and hand.ed("ed.pending.length") == 0


@pytest.mark.parametrize(
    ("act", "layers"), [("ed.select(['item:seat-1'])", []), ("ed.act('rotate', {degrees: 90})", ["bodies"])]
)
def test_only_layers_that_differ_are_painted_again(open_editor: Callable[..., Hand], act: str, layers: list[str]) -> None:
    hand = open_editor()
    hand.ed("ed.select(['item:seat-1'])")
    hand.until(lambda: not hand.ed("ed.frame"))
    put = """async () => {
      const before = Object.entries(ed.view.sources).map(([name, source]) => [name, source.data])
      ed.sendMessage = () => {}
      ACT
      ed.repaint()
      await null
      return before.filter(([name, data]) => ed.view.sources[name].data !== data).map(([name]) => name)
    }"""
    painted = hand.ed(f"({put.replace('ACT', act)})()")
    assert set(painted) >= set(layers) and ("areas" not in painted and "walls" not in painted and "labels" not in painted)
    assert layers or painted == []
