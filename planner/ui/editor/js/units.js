// What people type and read: metres with millimetres shown, decimal point or comma, digits of Arabic and Persian too.

const DIGITS = "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"

export function plainDigits(text) {
  return [...text].map((c) => (DIGITS.includes(c) ? String(DIGITS.indexOf(c) % 10) : c === "٫" || c === "," ? "." : c)).join("")
}

// What lengths are shown in and what a bare number means: m | ft. Plans stay whole millimetres.
export const units = {shown: "m"}
const FOOT = 304.8, EIGHTH = 25.4 / 8

// Metres to the millimetre, or feet and inches to the eighth.
export function lengthText(mm) {
  if (units.shown === "ft") return feet(mm)
  const text = (Math.round(mm) / 1000).toFixed(3)
  return text === "-0.000" ? "0.000" : text
}

export function unitText() {
  return units.shown === "ft" ? "ft" : "m"
}

// With its unit; feet and inches bear theirs already.
export function withUnit(text) {
  return units.shown === "ft" ? text : `${text} m`
}

export function measure(mm) {
  return withUnit(lengthText(mm))
}

function feet(mm) {
  const eighths = Math.round(Math.abs(mm) / EIGHTH), inches = Math.floor(eighths / 8), rest = eighths % 8
  const part = {0: "", 1: " 1/8", 2: " 1/4", 3: " 3/8", 4: " 1/2", 5: " 5/8", 6: " 3/4", 7: " 7/8"}[rest]
  return `${mm < 0 && eighths ? "-" : ""}${Math.floor(inches / 12)}' ${inches % 12}${part}"`
}

export function degreesText(value) {
  const turned = ((value % 360) + 360) % 360
  return String(Math.round(turned * 10) / 10)
}

// Millimetres of "3.25", "3,25 m", "3.25 م", "325 cm", "3250mm", "12'", "8\"" or "12' 6 1/2\""; a bare number is what
// is shown. null where it is none.
export function readLength(text) {
  const plain = plainDigits(text), found = /^\s*([+-]?\d*\.?\d+)\s*(mm|cm|m|ft|in|'|"|م|سم|مم|ملم)?\s*$/.exec(plain)
  if (!found) return readFeet(plain)
  const unit = {mm: 1, cm: 10, m: 1000, ft: FOOT, in: 25.4, "'": FOOT, '"': 25.4, م: 1000, سم: 10, مم: 1, ملم: 1}[found[2] || units.shown]
  return Math.round(Number(found[1]) * unit)
}

function readFeet(plain) {
  const found = /^\s*([+-]?)(?:(\d+)\s*(?:'|ft)\s*-?\s*)?(?:(\d*\.?\d+)(?![/\d]))?\s*(?:(\d+)\/(\d+))?\s*("|in)?\s*$/.exec(plain)
  if (!found || (!found[2] && !(found[4] && (found[6] || units.shown === "ft"))) || (found[5] && !Number(found[5]))) return null
  const inches = Number(found[3] || 0) + (found[4] ? Number(found[4]) / Number(found[5]) : 0)
  return Math.round((found[1] === "-" ? -1 : 1) * (Number(found[2] || 0) * FOOT + inches * 25.4))
}

export function readAngle(text) {
  const found = /^\s*([+-]?\d*\.?\d+)\s*°?\s*$/.exec(plainDigits(text))
  return found ? Number(found[1]) : null
}

// A percentage of "35", "35 %", "%35" or "٣٥٪", 0 to 100; null where it is none.
export function readShare(text) {
  const found = /^\s*[%٪]?\s*(\d*\.?\d+)\s*[%٪]?\s*$/.exec(plainDigits(text)), percent = found ? Number(found[1]) : NaN
  return percent >= 0 && percent <= 100 ? percent : null
}

export function isPartOfNumber(key) {
  return key.length === 1 && /[0-9.,٫'"+-]/.test(plainDigits(key))
}

const METRIC = [[10, 50], [50, 250], [250, 1000], [1000, 5000], [5000, 25000], [25000, 100000], [100000, 500000]]
const FEET = [[1, 3], [3, 12], [12, 60], [60, 300], [300, 1200], [1200, 6000], [6000, 24000]].map((pair) => pair.map((inches) => inches * 25.4))

// Grid steps in mm for a scale in pixels per mm, whole in what is shown: lines at least 9 px apart, a stronger one every 3 to 5.
export function gridSteps(scale, least = 9) {
  const steps = units.shown === "ft" ? FEET : METRIC
  return steps.find(([minor]) => minor * scale >= least) || steps[steps.length - 1]
}

// A number along a ruler: metres, or feet and inches, no longer than it has to be.
export function rulerText(mm) {
  if (units.shown !== "ft") return String(Math.round(mm) / 1000)
  const inches = Math.round(Math.abs(mm) / 25.4), sign = mm < 0 && inches ? "-" : ""
  return `${sign}${Math.floor(inches / 12)}'${inches % 12 ? ` ${inches % 12}"` : ""}`
}

// What the picture's scale is called, 1 : n, a pixel being a 96th of an inch.
export const HUNDREDTH = 96 / 25.4 / 100

export function scaleText(scale) {
  const n = (100 * HUNDREDTH) / scale
  return `1:${n < 20 ? Math.round(n * 10) / 10 : Math.round(n)}`
}

// A round length for a scale bar that is at most `most` pixels wide, in mm; in feet where those are shown.
export function barLength(scale, most = 140) {
  const inFeet = units.shown === "ft", base = inFeet ? FOOT : 1
  let best = inFeet ? [1, 2, 4, 6].map((n) => n * 25.4).filter((mm) => mm * scale <= most).pop() || 25.4 : 1
  for (let power = 1; power * base <= 1e7; power *= 10) for (const n of [1, 2, 5]) if (n * power * base * scale <= most) best = Math.max(best, n * power * base)
  return best
}

export function barText(mm) {
  if (units.shown === "ft") return mm < FOOT ? `${Math.round(mm / 25.4)}"` : `${Math.round(mm / FOOT)}'`
  return mm >= 1000 ? `${mm / 1000} m` : `${mm} mm`
}
