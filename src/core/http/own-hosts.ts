/** The names a server answers to. A page elsewhere could otherwise reach it under a name of its own (DNS rebinding). */

const loopbackNames = ['127.0.0.1', 'localhost', '[::1]']

export interface OwnHosts {
  /** The origin people use. */
  readonly origin: string
  /** Where it listens; programs on this machine come there by a loopback name. */
  readonly port: number
  /** Further names as a Host header has them, in lower case. */
  readonly names: readonly string[]
}

/** Whether a Host header is one of ours. Letter case and the usual port of the scheme make no difference. */
export function ownHosts({ origin, port, names }: OwnHosts): (host: string) => boolean {
  const { host, protocol } = new URL(origin)
  const usual = protocol === 'https:' ? ':443' : ':80'
  // Programs on this machine leave the port out at times; no page elsewhere is ever called so.
  const known = new Set([host, ...names, ...loopbackNames.flatMap((each) => [each, `${each}:${port}`])])
  return (given) => {
    // What is asked for nearly always, without a new text.
    if (known.has(given)) return true
    const name = given.toLowerCase()
    return known.has(name.endsWith(usual) ? name.slice(0, -usual.length) : name)
  }
}
