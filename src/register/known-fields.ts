import type { z } from 'zod'

/** As much of a schema as is walked through. */
interface Part {
  readonly def: {
    readonly type: string
    readonly innerType?: Part
    readonly in?: Part
    readonly element?: Part
    readonly shape?: Readonly<Record<string, Part>>
    readonly options?: readonly Part[]
  }
}

/** Names of the fields there are at a path of what a schema reads; none where it holds no fields. */
export function knownFieldsAt(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  let parts: readonly Part[] = unwrap(schema as unknown as Part)
  for (const key of path) {
    parts = parts.flatMap(({ def }) => {
      const next = def.type === 'array' ? def.element : def.shape?.[String(key)]
      return next === undefined ? [] : unwrap(next)
    })
  }
  return [...new Set(parts.flatMap(({ def }) => Object.keys(def.shape ?? {})))]
}

/** Without what only says that a field may be left out or how it is changed; of a choice all that may be chosen. */
function unwrap(part: Part): readonly Part[] {
  const { def } = part
  if (def.options !== undefined) return def.options.flatMap(unwrap)
  const inner = def.innerType ?? def.in
  return inner === undefined ? [part] : unwrap(inner)
}
