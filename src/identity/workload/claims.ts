/**
 * Whether a claim fits what the settings say: `*` stands for any run of characters without `/` and `:`, `**` for any
 * run. Both separate the parts of a subject, so that `repo:acme/*` does not take `repo:acme/app:pull_request` by
 * mistake. Takes at most pattern length times value length steps.
 */
export function fitsPattern(pattern: string, value: string): boolean {
  const tokens = pattern.match(/\*\*+|\*|[^*]/gs) ?? []
  // Which lengths of the value the tokens so far can stand for.
  let reached = new Set([0])
  for (const token of tokens) {
    const next = new Set<number>()
    for (const from of reached) {
      if (!token.startsWith('*')) {
        if (value[from] === token) next.add(from + 1)
        continue
      }
      for (let at = from; at <= value.length && !next.has(at); at++) {
        next.add(at)
        if (token === '*' && (value[at] === '/' || value[at] === ':')) break
      }
    }
    if (next.size === 0) return false
    reached = next
  }
  return reached.has(value.length)
}

/** Longer than any platform writes. */
const longestClaim = 1_000

/** Every claim the settings name must be there as one text (or true, false, a number) and fit. */
export const fitsClaims = (
  wanted: Readonly<Record<string, string>>,
  claims: Readonly<Record<string, unknown>>,
): boolean =>
  Object.entries(wanted).every(([name, pattern]) => {
    const claim = Object.hasOwn(claims, name) ? claims[name] : undefined
    if (!['string', 'number', 'boolean'].includes(typeof claim)) return false
    const text = String(claim)
    return text.length <= longestClaim && fitsPattern(pattern, text)
  })
