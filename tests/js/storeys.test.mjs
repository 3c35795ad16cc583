// Run by tests/ui/test_editor_js.py with node, where there is one.
import assert from "node:assert/strict"
import test from "node:test"
import {Editor} from "../../planner/ui/editor/js/controller.js"
import {shaped} from "../../planner/ui/editor/js/underlay_load.js"

const quiet = () => new Proxy({}, {get: () => () => quiet()})
const wall = {k: "wall:w", t: "wall", y: "walls", e: [[0, 0], [5000, 0]], w: 200, r: [[0, -100], [5000, -100], [5000, 100], [0, 100]]}

function editor() {
  globalThis.requestAnimationFrame = () => 1
  globalThis.document = {createElementNS: () => quiet(), createElement: () => quiet()}
  const sent = [], ed = new Editor({view: quiet(), svg: quiet(), send: (m) => sent.push(m), words: {}, ui: quiet()})
  ed.overlay = quiet()
  ed.takeScene({full: true, level: "ground", rev: 1, set: [wall]})
  const widen = (by) => ed.typed([ed.things.get("wall:w")], (part) => ({op: "widen", key: part.k, w: part.w + by}))
  return {ed, sent, widen}
}

test("what was typed of a storey is not sent to another that is shown meanwhile", () => {
  const {ed, sent, widen} = editor()
  widen(10)
  widen(20)
  assert.deepEqual([sent.length, ed.unsent.length], [1, 1])
  ed.takeScene({full: true, level: "upper", rev: 1, set: [wall]})
  assert.deepEqual([sent.map((m) => m.commands[0].level), ed.unsent.length], [["ground"], 0])
})

test("what was typed waits through the same storey shown anew", () => {
  const {ed, sent, widen} = editor()
  widen(10)
  widen(20)
  ed.takeScene({full: true, level: "ground", rev: 2, set: [wall]})
  assert.deepEqual(sent.map((m) => m.commands[0].w), [210, 220])
})

test("a picture of another shape than was kept is as wide as it was, in its own shape", () => {
  const scan = {url: "blob:", trouble: "", ratio: 2, slack: 0.001}, look = (w, h, s = scan) => { const {h: tall, odd} = shaped({w, h}, s); return [tall, odd] }
  assert.deepEqual([look(100, 50), look(100, 200.5), look(100, 50, {...scan, ratio: 0})], [[200, true], [200.5, false], [50, false]])
})
