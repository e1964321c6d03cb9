/** Of an answer that cannot be passed on, this much is kept in the sealed log to find out why: characters. */
export const keptOfFailure = 16_384

/** So few characters of a credential at the end of what came tell nothing, and may be any text. */
const leastOfPart = 6

/**
 * The words of an answer that cannot be passed on, as the log keeps them for whoever may open the entry. A provider may
 * repeat the key it was shown ("incorrect API key: ..."), and our credential is none of theirs.
 */
export function failureText(text: string, secret: string | undefined): string {
  const kept = text.slice(0, keptOfFailure)
  if (secret === undefined) return kept
  const escaped = JSON.stringify(secret).slice(1, -1)
  return [secret, escaped].reduce(
    (rest, each) => withoutEnd(rest.replaceAll(each, '[credential]'), each),
    kept,
  )
}

/** What came, or is kept, may end within it. */
function withoutEnd(text: string, secret: string): string {
  for (let length = secret.length - 1; length >= leastOfPart; length--)
    if (text.endsWith(secret.slice(0, length))) return text.slice(0, -length)
  return text
}
