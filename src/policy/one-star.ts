/** `mail_*`: what stands before the star, anything, what stands after it. Without a star the name itself. No regular expression. */
export function fitsPattern(pattern: string, name: string): boolean {
  const at = pattern.indexOf('*')
  if (at === -1) return pattern === name
  const [before, after] = [pattern.slice(0, at), pattern.slice(at + 1)]
  return name.length >= before.length + after.length && name.startsWith(before) && name.endsWith(after)
}

export const fitsAny = (patterns: readonly string[], name: string): boolean =>
  patterns.some((pattern) => fitsPattern(pattern, name))
