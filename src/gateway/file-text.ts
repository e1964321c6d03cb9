import type { ChatRequest, Dialect } from '#/chat/api.ts'
import { type DataClass, highestClass } from '#/core/data-class.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '#/core/json.ts'
import type { JsonPath } from '#/core/segment.ts'
import type { FileInspection } from './file-inspection.ts'

/**
 * The body with the text of each file instead of the file, so that it can be masked like any other. A file that cannot
 * be read as a whole stays: what then happens to it is decided by the rules. The body itself when there is no file. The
 * class that labels of those files state comes with it, since the labels are gone with the files.
 */
export async function withFileTexts(
  { body, unread }: ChatRequest,
  dialect: Pick<Dialect, 'textPart'>,
  files: Pick<FileInspection, 'textOf'>,
): Promise<{ readonly body: JsonObject; readonly labelClass: DataClass }> {
  const labels: DataClass[] = []
  let written: JsonObject = body
  for (const { path, mediaType, base64 } of unread) {
    if (base64 === undefined) continue
    const read = await files.textOf({ base64, mediaType })
    if (read === undefined || read.text.trim() === '') continue
    written = changeAt(written, partOf(path), (part) => dialect.textPart(part, read.text))
    labels.push(read.labelClass)
  }
  return { body: written, labelClass: highestClass(labels) }
}

/** The way to the part of a message that a place in it belongs to: parts are items of a list. */
const partOf = (path: JsonPath): JsonPath =>
  path.slice(0, path.findLastIndex((step) => typeof step === 'number') + 1)

/** A copy with another part at a place; what is not on the way there is shared. */
function changeAt<Value extends JsonValue>(
  value: Value,
  path: JsonPath,
  change: (part: JsonObject) => JsonObject,
): Value {
  const [step, ...rest] = path
  if (step === undefined) return isJsonObject(value) ? (change(value) as Value) : value
  if (typeof value !== 'object' || value === null) return value
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string | number, JsonValue>
  copy[step] = changeAt(copy[step] as JsonValue, rest, change)
  return copy as Value
}
