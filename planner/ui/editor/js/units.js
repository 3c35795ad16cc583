// What people type and read: metres with millimetres shown, decimal point or comma, digits of Arabic and Persian too.

const DIGITS = "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"

export function plainDigits(text) {
  return [...text].map((c) => (DIGITS.includes(c) ? String(DIGITS.indexOf(c) % 10) : c === "٫" || c === "," ? "." : c)).join("")
}

export function metres(mm) {
  const text = (Math.round(mm) / 1000).toFixed(3)
  return text === "-0.000" ? "0.000" : text
}

export function degreesText(value) {
  const turned = ((value % 360) + 360) % 360
  return String(Math.round(turned * 10) / 10)
}

// Millimetres of "3.25", "3,25 m", "325 cm", "3250mm", "12'" or "8\""; a bare number is metres. null where it is none.
export function readLength(text) {
  const found = /^\s*([+-]?\d*\.?\d+)\s*(mm|cm|m|ft|in|'|")?\s*$/.exec(plainDigits(text))
  if (!found) return null
  const unit = {mm: 1, cm: 10, m: 1000, ft: 304.8, in: 25.4, "'": 304.8, '"': 25.4}[found[2] || "m"]
  return Math.round(Number(found[1]) * unit)
}

export function readAngle(text) {
  const found = /^\s*([+-]?\d*\.?\d+)\s*°?\s*$/.exec(plainDigits(text))
  return found ? Number(found[1]) : null
}

export function isPartOfNumber(key) {
  return key.length === 1 && /[0-9.,٫'"+-]/.test(plainDigits(key))
}

// Grid steps in mm for a scale in pixels per mm: lines at least 9 px apart, a stronger one every 4 or 5.
export function gridSteps(scale, least = 9) {
  const steps = [[10, 50], [50, 250], [250, 1000], [1000, 5000], [5000, 25000], [25000, 100000], [100000, 500000]]
  return steps.find(([minor]) => minor * scale >= least) || steps[steps.length - 1]
}

// A round length for a scale bar that is at most `most` pixels wide.
export function barLength(scale, most = 140) {
  let best = 1
  for (let power = 1; power <= 1e7; power *= 10) for (const n of [1, 2, 5]) if (n * power * scale <= most) best = n * power
  return best
}
