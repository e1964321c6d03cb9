/** A record's body as rows: dotted name and text. Facts are one row each, with source, day and kind of proof. */
export function fieldsOf(body: object): readonly (readonly [name: string, text: string])[] {
  return Object.entries(body).flatMap(([name, value]) => {
    if (!isObject(value) || name === 'audience') return [[name, textOf(value)] as const]
    return Object.entries(value).map(([inner, each]) => [`${name}.${inner}`, textOf(each)] as const)
  })
}

/** First-level fields in which two bodies differ. */
export function changedFields(before: object, after: object): readonly string[] {
  const [one, other] = [before as Fields, after as Fields]
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...names].filter((name) => JSON.stringify(one[name]) !== JSON.stringify(other[name])).sort()
}

/** Any value of a field as text. */
export const valueText = (value: unknown): string => textOf(value)

type Fields = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function textOf(value: unknown): string {
  if (Array.isArray(value))
    return value.length === 0 ? 'none' : value.map(textOf).join(isObject(value[0]) ? '\n' : ', ')
  if (!isObject(value)) return String(value)
  if ('is' in value && 'source' in value) return factText(value)
  return Object.entries(value)
    .filter(([, each]) => !(Array.isArray(each) && each.length === 0))
    .map(([name, each]) => `${name}: ${textOf(each)}`)
    .join('; ')
}

const factText = ({ is, source, asOf, until, by }: Fields): string =>
  `${textOf(is)} – ${String(by)}, ${String(source)}, as of ${String(asOf)}${until === undefined ? '' : `, until ${String(until)}`}`
