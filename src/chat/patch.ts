import { textOfNumber } from '#/core/exact-number.ts'
import type { JsonObject, JsonValue } from '#/core/json.ts'
import { formatPath, type JsonPath } from '#/core/segment.ts'
import type { ChatSegment } from './api.ts'
import { readContainer } from './json-text.ts'
import { valueAfterName } from './lead.ts'
import { renameMembers } from './rename.ts'

/** A new text for a segment. */
export interface TextEdit {
  readonly segment: Pick<ChatSegment, 'path' | 'part' | 'inner' | 'isLed'>
  readonly text: string
}

type Container = JsonObject | JsonValue[]

/**
 * A body with other texts. The body that is given is never changed; what is not on the way to an edit is shared.
 * A changed number becomes a string. A key takes its new name in its old place. Edits inside a JSON text write that
 * text anew, numbers in it as they stood. Throws a plain Error for an edit whose place is not in the body.
 */
export function patchBody(body: JsonObject, edits: readonly TextEdit[]): JsonObject {
  const patched: JsonObject = { ...body }
  const own = new Set<Container>([patched])
  for (const { path, text } of valueEdits(body, edits)) set(patched, path, text, own)
  for (const { path, names } of renames(edits)) {
    const parent = ownParent(patched, path, own)
    for (const key of names.keys()) {
      if (!Object.hasOwn(parent, key)) throw new Error(`there is no key at ${formatPath(path)}`)
    }
    renameMembers(parent, names)
  }
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
    const { inner, ...place } = segment
    if (inner !== undefined) {
      const name = JSON.stringify(place.path)
      const group = inside.get(name) ?? { path: place.path, edits: [] }
      group.edits.push({ segment: { ...place, path: ['text', ...inner] }, text })
      inside.set(name, group)
    } else if (place.part === 'value') {
      const value = place.isLed ? valueAfterName(text) : text
      // What was found may stand in the name alone: the value stays what it is, also a number.
      if (!place.isLed || !isAlready(readAt(body, place.path), value))
        values.push({ path: place.path, text: value })
    }
  }
  for (const { path, edits: inner } of inside.values()) {
    const text = readAt(body, path)
    const value = typeof text === 'string' ? readContainer(text) : undefined
    if (value === undefined) throw new Error(`there is no JSON text at ${formatPath(path)}`)
    values.push({ path, text: JSON.stringify(patchBody({ text: value }, inner)['text']) })
  }
  return values
}

/** New names by the object they stand in: all of one object at once. */
interface Renames {
  /** The way to one of the members. */
  readonly path: JsonPath
  readonly names: Map<string, string>
}

function renames(edits: readonly TextEdit[]): Renames[] {
  const byParent = new Map<string, Renames>()
  for (const { segment, text } of edits) {
    const { path, part, inner } = segment
    if (part !== 'key' || inner !== undefined) continue
    const parent = JSON.stringify(path.slice(0, -1))
    const group = byParent.get(parent) ?? { path, names: new Map<string, string>() }
    group.names.set(String(path.at(-1)), text)
    byParent.set(parent, group)
  }
  // A renamed key would hide what stands below it, so the deepest come first.
  return [...byParent.values()].sort((one, other) => other.path.length - one.path.length)
}

/** Whether a value reads like this text. */
const isAlready = (value: JsonValue | undefined, text: string): boolean =>
  (typeof value === 'string' ? value : textOfNumber(value)) === text

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
