// Run by tests/ui/test_editor_js.py with node, where there is one.
import assert from "node:assert/strict"
import test from "node:test"
import {inOrder, shownName} from "../../planner/ui/tables.js"

const sorted = (cells) => [...cells].sort(inOrder)

test("figures are put in order by what they are worth, whatever stands round them", () => {
  for (const cells of [
    ["–", "71 %", "82.5 %", "100 %"], ["-1.5", "+0.2", "12", "999", "1,234"], ["8:30", "09:00", "10:00"],
    ["\u2066-3\u2069", "2٪", "10٪"], ["0.1 (0.1 … 0.1)", "2.0 (1.8 … 2.3)", "11.0 (9 … 12)"], ["57 kB", "1,107 kB"],
  ]) { assert.deepEqual(sorted([...cells].reverse()), cells) }
})

test("names stay in the order of letters, and days of the calendar in theirs", () => {
  for (const cells of [["Awaz", "Berivan", "Zozan"], ["2026-12-06", "2026-12-10"], ["Counter 2", "Counter 10"]]) {
    assert.deepEqual(sorted([...cells].reverse()), cells)
  }
})

test("a blank name is a dash that says so, any other name is left alone", () => {
  const cell = {title: "", removeAttribute() { this.title = "" }}
  for (const blank of ["", "  ", null, undefined, "\u200e"]) {
    assert.equal(shownName(blank, "unnamed", cell), "\u2013")
    assert.equal(cell.title, "unnamed")
  }
  assert.equal(shownName("Cashier", "unnamed", cell), null)
  assert.equal(cell.title, "")
})
