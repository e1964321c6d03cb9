import type { TracedSettings } from './read.ts'

/** One setting as it is in force. */
export interface ExplainedSetting {
  readonly key: string
  /** null where nothing is set. Credentials show their reference, never the secret. */
  readonly value: unknown
  /** `default`, `given at start`, `environment variable PORT` or `FILE:LINE:COLUMN`. */
  readonly from: string
}

/** Each setting, where it came from, and the digest that stands in the log. */
export function explainSettings({ settings, sourceOf }: TracedSettings): readonly ExplainedSetting[] {
  const { digest, file, ...rest } = settings
  const explained = listLeaves(rest, []).map(({ key, value }) => ({
    key,
    value: value ?? null,
    from: key === 'keys.passphrase' && isUnsealed(settings) ? unsealed : sourceOf(keyInFile(key, settings)),
  }))
  return [
    {
      key: 'file',
      value: file ?? null,
      from: file === undefined ? 'default' : 'environment variable SALLYPORT_SETTINGS',
    },
    ...explained,
    { key: 'digest', value: digest, from: 'computed from the values above' },
  ]
}

/** A provider may stand alone, without a list around it. */
const keyInFile = (key: string, { identity }: TracedSettings['settings']): string =>
  key === 'identity.providers' && identity.providers[0]?.callback === '/sign-in/callback'
    ? 'identity.issuer'
    : key

const isUnsealed = ({ keys }: TracedSettings['settings']): boolean =>
  keys.source === 'file' && keys.passphrase === undefined

/** Nobody should learn of this from an incident. */
const unsealed = 'default: keys/kek lies unsealed, for its owner only'

/** For people: a line each, in columns. */
export function formatExplained(explained: readonly ExplainedSetting[]): string {
  const texts = explained.map(({ value }) =>
    value === null ? '-' : typeof value === 'string' ? value : JSON.stringify(value),
  )
  const keyWidth = Math.max(...explained.map(({ key }) => key.length))
  // One long list must not push the last column of every line out of sight.
  const valueWidth = Math.min(40, Math.max(...texts.map((text) => text.length)))
  return explained
    .map(
      ({ key, from }, index) =>
        `${key.padEnd(keyWidth)}  ${(texts[index] ?? '').padEnd(valueWidth)}  ${from}`,
    )
    .join('\n')
}

interface Leaf {
  readonly key: string
  readonly value: unknown
}

function listLeaves(value: unknown, path: readonly string[]): readonly Leaf[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [{ key: path.join('.'), value }]
  return Object.entries(value).flatMap(([key, each]) => listLeaves(each, [...path, key]))
}
