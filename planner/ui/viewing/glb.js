// Reads a binary glTF into triangles: what our own models hold (nodes, meshes without textures), nothing more.
const FLOATS = 5126
const INDEX_TYPES = { 5121: Uint8Array, 5123: Uint16Array, 5125: Uint32Array }

export const IDENTITY = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]

// a then b, both column by column
export function times(b, a) {
  const found = new Array(16).fill(0)
  for (let c = 0; c < 4; c++)
    for (let r = 0; r < 4; r++)
      for (let k = 0; k < 4; k++) found[c * 4 + r] += b[k * 4 + r] * a[c * 4 + k]
  return found
}

function chunks(buffer) {
  const view = new DataView(buffer)
  if (view.getUint32(0, true) !== 0x46546c67) throw new Error('no binary glTF')
  const found = {}
  for (let at = 12; at < view.byteLength; at += 8 + view.getUint32(at, true))
    found[view.getUint32(at + 4, true)] = buffer.slice(at + 8, at + 8 + view.getUint32(at, true))
  return { told: JSON.parse(new TextDecoder().decode(found[0x4e4f534a])), bytes: found[0x004e4942] }
}

function values(told, bytes, index) {
  const accessor = told.accessors[index]
  const view = told.bufferViews[accessor.bufferView]
  const at = (view.byteOffset || 0) + (accessor.byteOffset || 0)
  const wide = accessor.type === 'VEC3' ? 3 : 1
  const Kind = accessor.componentType === FLOATS ? Float32Array : INDEX_TYPES[accessor.componentType]
  return new Kind(bytes.slice(at, at + accessor.count * wide * Kind.BYTES_PER_ELEMENT))
}

// [{part, rgba, corners}]: three numbers a corner, three corners a face, in the scene's axes
export function read(buffer) {
  const { told, bytes } = chunks(buffer)
  const found = []
  const walk = (index, above) => {
    const node = told.nodes[index]
    const matrix = node.matrix ? times(above, node.matrix) : above
    const mesh = told.meshes[node.mesh]
    const { part } = (mesh && mesh.extras) || {}
    for (const primitive of mesh ? mesh.primitives : []) found.push({ part, ...surface(told, bytes, primitive, matrix) })
    for (const child of node.children || []) walk(child, matrix)
  }
  for (const root of told.scenes[told.scene || 0].nodes) walk(root, IDENTITY)
  return found
}

function surface(told, bytes, primitive, m) {
  const points = values(told, bytes, primitive.attributes.POSITION)
  const order = primitive.indices === undefined ? points.keys() : values(told, bytes, primitive.indices)
  const corners = new Float32Array(primitive.indices === undefined ? points.length : order.length * 3)
  let at = 0
  for (const k of order) {
    const [x, y, z] = [points[3 * k], points[3 * k + 1], points[3 * k + 2]]
    for (let r = 0; r < 3; r++) corners[at++] = m[r] * x + m[4 + r] * y + m[8 + r] * z + m[12 + r]
  }
  const material = (told.materials || [])[primitive.material] || {}
  return { corners, rgba: (material.pbrMetallicRoughness || {}).baseColorFactor || [0.6, 0.6, 0.6, 1] }
}
