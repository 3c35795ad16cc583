// Run by tests/ui/test_editor_js.py with node, where there is one.
import assert from "node:assert/strict"
import test from "node:test"
import {boxOf, gapToRing, inRing, movePoint, pointAt, rayHit, ringMeetsBox, wordPlace} from "../../planner/ui/editor/js/geometry.js"
import {hostsOf, isJoined, moveThing, ownSize, slideTo, squareTo, thingsAt, thingsInBox} from "../../planner/ui/editor/js/parts.js"
import {snapAngle, snapDrag, snapIndex, snapPoint} from "../../planner/ui/editor/js/snap.js"
import {alike} from "../../planner/ui/editor/js/bokeh_view.js"
import {inView} from "../../planner/ui/editor/js/paint.js"
import {barLength, barText, gridSteps, lengthText, measure, readAngle, readLength, readShare, units} from "../../planner/ui/editor/js/units.js"

const rect = (x, y, w, h) => [[x, y], [x + w, y], [x + w, y + h], [x, y + h]]
const item = (k, x, y, w = 1000, h = 500) => ({k, t: "item", y: "fittings", r: rect(x, y, w, h), o: [x + w / 2, y], a: 0})
const wall = (k, a, b, w = 200) => ({k, t: "wall", y: "walls", e: [a, b], w, r: rect(Math.min(a[0], b[0]) - w / 2, Math.min(a[1], b[1]) - w / 2, Math.abs(b[0] - a[0]) + w, Math.abs(b[1] - a[1]) + w)})
const drag = (things, moving, dx, dy, options = {}) => snapDrag(snapIndex(things, new Set([moving.k])), moving.r, boxOf(moving.r), dx, dy, {tol: 60, ...options})

test("the end of a wall wins over everything else", () => {
  const index = snapIndex([wall("w", [0, 0], [5000, 0])])
  const found = snapPoint(index, [5030, 25], {tol: 60, grid: 250})
  assert.deepEqual(found.at, [5000, 0])
  assert.deepEqual([found.reason.what, found.reason.name], ["end", "w"])
})

test("free suspends snapping", () => {
  const index = snapIndex([wall("w", [0, 0], [5000, 0])])
  assert.deepEqual(snapPoint(index, [5030.4, 25], {tol: 60, grid: 250, free: true}), {at: [5030, 25], reason: null, guides: []})
  assert.deepEqual(drag([item("a", 0, 0)], item("b", 3000, 3000), -2990.4, -20, {free: true}), {dx: -2990, dy: -20, reasons: [], guides: []})
})

test("a direction near a multiple of 15 degrees becomes it", () => {
  const found = snapPoint(snapIndex([]), [4000, 90], {tol: 60, from: [0, 0], grid: 100})
  assert.deepEqual([found.at, found.reason.degrees], [[4000, 0], 0])
  assert.equal(snapPoint(snapIndex([]), [4000, 600], {tol: 60, from: [0, 0]}).reason, null)
})

test("a dragged part aligns with a neighbour's edge and says whose", () => {
  const found = drag([item("a", 0, 0)], item("b", 5000, 3000), -30, -2980)
  assert.deepEqual([found.dx, found.dy], [-30, -3000])
  assert.deepEqual(found.reasons.map((r) => [r.what, r.name]), [["bottom", "a"]])
  assert.ok(found.guides.length)
})

test("a part midway between two has equal gaps", () => {
  const found = drag([item("a", 0, 0), item("c", 9000, 100)], item("b", 4000, 5020, 1400, 480), 310, -5000)
  assert.equal(found.reasons.some((r) => r.what === "equal"), true)
  assert.equal(4000 + found.dx, (1000 + 9000 - 1400) / 2)
})

test("the grid takes what nothing else holds", () => {
  const found = drag([], item("b", 130, 70), 1010, 2020, {grid: 250})
  assert.deepEqual([(130 + found.dx) % 250, (70 + found.dy) % 250], [0, 0])
})

test("angles snap to steps unless suspended", () => {
  assert.deepEqual([snapAngle(38), snapAngle(-7), snapAngle(38.26, 15, true)], [45, -0, 38.3])
})

test("the smallest thing under the hand comes first, a room only by its edge", () => {
  const room = {k: "r", t: "space", y: "rooms", r: rect(0, 0, 9000, 9000)}, zone = item("zone", 1000, 1000, 4000, 4000), seat = item("seat", 2000, 2000, 500, 500)
  assert.deepEqual(thingsAt([room, zone, seat], [2200, 2200], 100).map((t) => t.k), ["seat", "zone"])
  assert.deepEqual(thingsAt([room, zone, seat], [20, 4000], 100).map((t) => t.k), ["r"])
})

test("a frame takes what is inside, or what is touched", () => {
  const things = [item("a", 0, 0), item("b", 3000, 0)]
  assert.deepEqual(thingsInBox(things, [-10, -10, 3200, 600], false).map((t) => t.k), ["a"])
  assert.deepEqual(thingsInBox(things, [-10, -10, 3200, 600], true).map((t) => t.k), ["a", "b"])
})

test("an opening slides along the nearest wall and stays within it", () => {
  const hosts = hostsOf([wall("w", [0, 0], [5000, 0])], true)
  assert.deepEqual(slideTo(hosts, [4900, 300], 1000).e, [[4000, 0], [5000, 0]])
  assert.equal(slideTo(hosts, [4900, 3000], 1000), null)
  assert.equal(slideTo(hosts, [2000, 0], 6000), null)
})

test("an opening stands whole steps from its wall's end, or in the middle of the wall, unless it is let go", () => {
  const hosts = hostsOf([wall("w", [0, 0], [5000, 0])], true), held = {step: 250, tol: 100}
  assert.deepEqual(slideTo(hosts, [1130, 300], 1000, held).e, [[750, 0], [1750, 0]])
  assert.deepEqual({...slideTo(hosts, [2570, 0], 1000, held), e: null}, {e: null, at: [2500, 0], name: "w", what: "middle"})
  assert.deepEqual(slideTo(hosts, [1130, 300], 1000).at, [1130, 0])
  assert.deepEqual(slideTo(hosts, [4990, 0], 1000, held).e, [[4000, 0], [5000, 0]])
})

test("a joined wall moves square to itself", () => {
  const a = wall("a", [0, 0], [5000, 0]), b = wall("b", [5000, 0], [5000, 4000])
  assert.equal(isJoined([a, b], a), true)
  assert.equal(isJoined([a, wall("c", [0, 3000], [900, 3000])], a), false)
  assert.deepEqual(squareTo(a, 300, 700).map((v) => Math.round(v) + 0), [0, 700])
})

test("quarter turns are exact and parts keep their shape", () => {
  assert.deepEqual(movePoint([1000, 0], {degrees: 90, about: [0, 0]}), [0, 1000])
  const turned = moveThing(item("a", 0, 0), {degrees: 90, about: [500, 250]})
  assert.deepEqual(boxOf(turned.r), [250, -250, 750, 750])
  assert.equal(turned.a, 90)
})

test("width runs along the public front however a part is turned", () => {
  const part = item("a", 0, 0, 1500, 800)
  for (const degrees of [0, 90, 180, 270]) assert.deepEqual(ownSize(moveThing(part, {degrees, about: [0, 0]})), [1500, 800])
})

test("lengths are read as people write them", () => {
  assert.deepEqual(["3.25", "3,25 m", "325 cm", "3250mm", "٣٫٢٥", "1ft", " .5 "].map(readLength), [3250, 3250, 3250, 3250, 3250, 305, 500])
  assert.deepEqual(["٣٫٢٥ م", "325 سم", "3250ملم"].map(readLength), [3250, 3250, 3250])
  assert.deepEqual(["", "m", "3.2.1", "3 km", "<b>"].map(readLength), [null, null, null, null, null])
  assert.deepEqual(["90", "-33.5°", "x"].map(readAngle), [90, -33.5, null])
  assert.deepEqual(["35", "35 %", "%12,5", "٣٥٪", "-1", "101", "x"].map(readShare), [35, 35, 12.5, 35, null, null, null])
  assert.deepEqual([lengthText(1234), lengthText(-0.2), lengthText(-1500)], ["1.234", "0.000", "-1.500"])
})

test("feet and inches are read in either unit and shown where people want them", () => {
  const typed = ["12'6", "12' 6 1/2\"", "12'-6\"", "6 1/2\"", "-2' 6\"", "1/2", "12'x", "5/0\""]
  assert.deepEqual(typed.map(readLength), [3810, 3823, 3810, 165, -762, null, null, null])
  units.shown = "ft"
  try {
    assert.deepEqual([3810, -762, 0, 3048, 305].map(lengthText), ["12' 6\"", "-2' 6\"", "0' 0\"", "10' 0\"", "1' 0\""])
    assert.deepEqual(["10", "10 m", "1/2"].map(readLength), [3048, 10_000, 13])
    for (const mm of [1, 999, 1234, 25_401]) assert.ok(Math.abs(readLength(lengthText(mm)) - mm) <= 2)
    assert.equal(measure(3048), "10' 0\"")
    assert.deepEqual([barText(barLength(0.02)), barText(barLength(0.5))], ["20'", "6\""])
  } finally { units.shown = "m" }
  assert.equal(measure(3048), "3.048 m")
})

test("the grid and the scale bar follow the zoom", () => {
  assert.ok(gridSteps(0.02)[0] * 0.02 >= 9)
  assert.ok(gridSteps(1)[0] <= 10)
  assert.ok(barLength(0.02) * 0.02 <= 140)
})

test("plane geometry", () => {
  assert.equal(inRing(rect(0, 0, 10, 10), [5, 5]), true)
  assert.equal(inRing(rect(0, 0, 10, 10), [15, 5]), false)
  assert.equal(ringMeetsBox(rect(0, 0, 10, 1), [4, -5, 6, 5]), true)
  assert.deepEqual(rayHit([0, 0], [1, 0], [[[500, -10], [500, 10]], [[300, 5], [300, 10]]]).length, 500)
  assert.deepEqual(pointAt([0, 0], 1000, 90).map(Math.round), [0, 1000])
})

test("the word of a door at the edge of the picture is moved inwards, and of one out of view left alone", () => {
  const seen = [0, 0, 10000, 8000], half = [600, 150]
  assert.deepEqual(inView([100, 50], half, seen, [0, 0]), [600, 150])
  assert.deepEqual(inView([5000, 4000], half, seen, [5000, 3800]), [5000, 4000])
  assert.deepEqual(inView([-300, 50], half, seen, [-200, 0]), [-300, 50])
})

test("the name of an area stands in its middle, and of one that is not convex well inside it", () => {
  assert.deepEqual(wordPlace(rect(0, 0, 4000, 2000)), [2000, 1000])
  const ell = [[0, 0], [20000, 0], [20000, 6000], [6000, 6000], [6000, 20000], [0, 20000]], at = wordPlace(ell)
  assert.ok(inRing(ell, at) && gapToRing(ell, at) > 2500, String(at))
})

test("columns are alike to the last number, and not when one is longer, shorter or of other names", () => {
  const columns = () => ({xs: [[[1, 2], [3, 4]], []], fill: ["#fff", "#000"], alpha: [1, 0.5]})
  assert.ok(alike(columns(), columns()))
  for (const change of [(c) => { c.xs[0][1][1] = 5 }, (c) => c.xs.push([]), (c) => c.xs[0][0].pop(), (c) => { c.fill[0] = "#ffe" }, (c) => { delete c.alpha }, (c) => { c.line = [] }, (c) => { c.xs[1] = {} }, (c) => { c.alpha = null }]) {
    const changed = columns()
    change(changed)
    assert.ok(!alike(columns(), changed) && !alike(changed, columns()))
  }
  assert.ok(!alike(undefined, columns()))
})
