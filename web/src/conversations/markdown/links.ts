const allowed: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:'])

/** The address a link may lead to, or undefined. Relative addresses of an answer mean nothing here. */
export function safeAddress(href: string): string | undefined {
  if (!URL.canParse(href)) return undefined
  const url = new URL(href)
  return allowed.has(url.protocol) ? url.href : undefined
}
