import type { JsonObject, JsonValue } from '#/core/json.ts'
import { formatPath, type JsonPath, type Segment } from '#/core/segment.ts'
import { readContainer } from './walk.ts'

/** A new text for a segment. */
export interface TextEdit {
  readonly segment: Pick<Segment, 'path' | 'part' | 'inner'>
  readonly text: string
}

type Container = JsonObject | JsonValue[]

/**
 * A body with other texts. The body that is given is never changed; what is not on the way to an edit is shared.
 * A changed number becomes a string. A key takes its new name in its old place. Edits inside a JSON text write that
 * text anew. Throws a plain Error for an edit whose place is not in the body.
 */
export function patchBody(body: JsonObject, edits: readonly TextEdit[]): JsonObject {
  const patched: JsonObject = { ...body }
  const own = new Set<Container>([patched])
  for (const { path, text } of valueEdits(body, edits)) set(patched, path, text, own)
  // A renamed key would hide what stands below it, so names come last, and the deepest first.
  const renames = edits.filter(({ segment }) => segment.part === 'key' && segment.inner === undefined)
  renames.sort((one, other) => other.segment.path.length - one.segment.path.length)
  for (const { segment, text } of renames) rename(patched, segment.path, text, own)
  return patched
}

interface ValueEdit {
  readonly path: JsonPath
  readonly text: string
}

function valueEdits(body: JsonObject, edits: readonly TextEdit[]): ValueEdit[] {
  const values: ValueEdit[] = []
  const inside = new Map<string, { readonly path: JsonPath; readonly edits: TextEdit[] }>()
  for (const { segment, text } of edits) {
    const { path, part, inner } = segment
    if (inner !== undefined) {
      const name = JSON.stringify(path)
      const group = inside.get(name) ?? { path, edits: [] }
      group.edits.push({ segment: { path: ['text', ...inner], part }, text })
      inside.set(name, group)
    } else if (part === 'value') values.push({ path, text })
  }
  for (const { path, edits: inner } of inside.values()) {
    const text = readAt(body, path)
    const value = typeof text === 'string' ? readContainer(text) : undefined
    if (value === undefined) throw new Error(`there is no JSON text at ${formatPath(path)}`)
    values.push({ path, text: JSON.stringify(patchBody({ text: value }, inner)['text']) })
  }
  return values
}

function readAt(body: JsonObject, path: JsonPath): JsonValue | undefined {
  let value: JsonValue | undefined = body
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as JsonObject)[key]
  }
  return value
}

/** The container that holds the last key of the path, with every container on the way there made our own. */
function ownParent(body: JsonObject, path: JsonPath, own: Set<Container>): JsonObject {
  let parent: Container = body
  for (const key of path.slice(0, -1)) {
    const next: JsonValue | undefined = Object.hasOwn(parent, key) ? (parent as JsonObject)[key] : undefined
    if (typeof next !== 'object' || next === null) throw new Error(`there is nothing at ${formatPath(path)}`)
    const child: Container = own.has(next) ? next : Array.isArray(next) ? [...next] : { ...next }
    own.add(child)
    ;(parent as JsonObject)[key] = child
    parent = child
  }
  return parent as JsonObject
}

function set(body: JsonObject, path: JsonPath, text: string, own: Set<Container>): void {
  const parent = ownParent(body, path, own)
  const key = path.at(-1) as string
  if (!Object.hasOwn(parent, key)) throw new Error(`there is nothing at ${formatPath(path)}`)
  parent[key] = text
}

function rename(body: JsonObject, path: JsonPath, name: string, own: Set<Container>): void {
  const parent = ownParent(body, path, own)
  const key = path.at(-1) as string
  if (!Object.hasOwn(parent, key)) throw new Error(`there is no key at ${formatPath(path)}`)
  const free = freeName(parent, key, name)
  const members = Object.entries(parent)
  for (const [each] of members) delete parent[each]
  for (const [each, value] of members) parent[each === key ? free : each] = value
}

/** Two keys may be masked alike, or like one that was there before; all of them stay. */
function freeName(parent: JsonObject, key: string, name: string): string {
  let free = name
  for (let count = 2; free !== key && Object.hasOwn(parent, free); count++) free = `${name} ${count}`
  return free
}
