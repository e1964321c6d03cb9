import type { IncomingHttpHeaders } from 'node:http'

/** What a program says of itself when it asks to be signed in. All of it may be made up. */
export interface Tool {
  /** `claude-code`, `sallyport` or `other`: what stands in the log. */
  readonly kind: string
  /** For the person who decides: one line of at most 80 characters. */
  readonly name: string
  /** The machine as the program calls it; undefined when it does not say. */
  readonly machine: string | undefined
}

interface Known {
  readonly kind: string
  readonly name: string
  readonly surface: string
  /** How its User-Agent starts: the version follows. */
  readonly agent: string
}

/** Claude Code sends `surface=claude_code` and `User-Agent: claude-code/VERSION` (its gateway protocol, version 1). */
const known: readonly Known[] = [
  { kind: 'claude-code', name: 'Claude Code', surface: 'claude_code', agent: 'claude-code/' },
  { kind: 'sallyport', name: 'Sallyport command line', surface: 'sallyport', agent: 'sallyport/' },
]

export function readTool(form: URLSearchParams, headers: IncomingHttpHeaders): Tool {
  const agent = headers['user-agent'] ?? ''
  const surface = form.get('surface') ?? ''
  const found = known.find((each) => each.surface === surface || agent.startsWith(each.agent))
  const machine = oneLine(form.get('device_name') ?? '', 60)
  return {
    kind: found?.kind ?? 'other',
    name: found === undefined ? nameOf(surface, agent) : withVersion(found, agent),
    machine: machine === '' ? undefined : machine,
  }
}

function withVersion({ name, agent }: Known, given: string): string {
  const version = given.startsWith(agent) ? /^[\w.-]{1,30}/.exec(given.slice(agent.length))?.[0] : undefined
  return version === undefined ? name : `${name} ${version}`
}

const nameOf = (surface: string, agent: string): string =>
  oneLine(surface, 80) || oneLine(agent, 80) || 'a program that says nothing of itself'

/** Without control and formatting characters: a name must not be able to turn the line it stands in around. */
const oneLine = (text: string, maxLength: number): string =>
  text
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
    .trim()
    .slice(0, maxLength)
