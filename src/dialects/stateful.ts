import { isJsonObject, type JsonObject, type JsonValue } from '#/core/json.ts'
import type { StatefulFeature, StatefulUse } from '#/core/stateful-feature.ts'

/** What both dialects share of the features that make a provider keep something. */

const searches: readonly StatefulFeature[] = ['grounding', 'server-tools']
const runs: readonly StatefulFeature[] = ['server-tools']
const filed: readonly StatefulFeature[] = ['files', 'server-tools']

/** Most bodies make nobody keep anything: one list for them all. */
export const noUses: readonly StatefulUse[] = []

/** A member that asks the provider to search, where it says anything but no. */
export const searchUse = (body: JsonObject, field: string): readonly StatefulUse[] =>
  isAsking(body[field]) ? [{ field, features: searches }] : noUses

export const serverUse = (body: JsonObject, field: string): readonly StatefulUse[] =>
  isAsking(body[field]) ? [{ field, features: runs }] : noUses

const isAsking = (value: JsonValue | undefined): boolean =>
  value !== undefined && value !== null && value !== false && !(Array.isArray(value) && value.length === 0)

/** Tools the provider runs: every one that is not known to be the client's. One for each is told of. */
export function toolUses(
  tools: JsonValue | undefined,
  isClients: (tool: JsonObject) => boolean,
): readonly StatefulUse[] {
  if (!Array.isArray(tools)) return noUses
  return tools.flatMap((tool, index) =>
    isJsonObject(tool) && !isClients(tool)
      ? [{ field: `tools.${index}`, features: featuresOf(tool['type']) }]
      : [],
  )
}

function featuresOf(type: JsonValue | undefined): readonly StatefulFeature[] {
  if (typeof type !== 'string') return runs
  if (/search|fetch|ground|browse|url_context/i.test(type)) return /file/i.test(type) ? filed : searches
  return runs
}

/** Somebody's data, whatever its members are called. */
const data = new Set(['input', 'arguments', 'input_schema', 'parameters', 'function', 'custom'])

/**
 * A body whose marks for the provider's cache are gone, or live no longer than the five minutes they live by themselves.
 * Only what is changed is copied; the body itself when nothing is.
 */
export function withoutCaches(body: JsonObject, isAllOff: boolean): JsonObject {
  let changed = withoutMark(body, isAllOff)
  for (const member of ['system', 'tools', 'messages']) {
    const value = changed[member]
    if (!Array.isArray(value)) continue
    const list = withoutMarks(value, isAllOff)
    if (list !== value) changed = { ...changed, [member]: list }
  }
  return changed
}

function withoutMarks(list: readonly JsonValue[], isAllOff: boolean): JsonValue[] {
  let copy: JsonValue[] | undefined
  for (const [index, each] of list.entries()) {
    if (!isJsonObject(each)) continue
    const cleaned = inside(withoutMark(each, isAllOff), isAllOff)
    if (cleaned === each) continue
    copy ??= [...list]
    copy[index] = cleaned
  }
  return copy ?? (list as JsonValue[])
}

/** Content of messages and of results of tools, as deep as the body goes. */
function inside(part: JsonObject, isAllOff: boolean): JsonObject {
  let changed = part
  for (const [name, value] of Object.entries(part)) {
    if (data.has(name)) continue
    const cleaned = Array.isArray(value)
      ? withoutMarks(value, isAllOff)
      : isJsonObject(value) && name !== 'cache_control'
        ? inside(withoutMark(value, isAllOff), isAllOff)
        : value
    if (cleaned !== value) changed = { ...changed, [name]: cleaned }
  }
  return changed
}

function withoutMark(marked: JsonObject, isAllOff: boolean): JsonObject {
  // OpenAI's mark, which lives for half an hour at least.
  const part = without(marked, ['prompt_cache_breakpoint'])
  const mark = part['cache_control']
  if (mark === undefined || mark === null) return part
  const { cache_control: _, ...rest } = part
  if (isAllOff || !isJsonObject(mark)) return rest
  const { ttl, ...short } = mark
  return ttl === undefined || ttl === '5m' ? part : { ...part, cache_control: short }
}

/** What is left when members are taken out; the body itself when none is there. */
export function without(body: JsonObject, names: readonly string[]): JsonObject {
  if (!names.some((name) => Object.hasOwn(body, name))) return body
  return Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)))
}
