import { type Detector, type Match, nothing } from '../../detector.ts'
import { isPlaceholder } from '../../placeholder.ts'

/** A manifest is read this far from the word that tells its kind, in both directions. */
const reach = 4_000
/** What is shorter is a flag or a number. */
const shortestValue = 4

const kindOfManifest = 'kind: Secret'

const section = /^([ \t]*)(?:data|stringData):[ \t]*\r?$/gm
const member = /^([ \t]+)[-._A-Za-z0-9]{1,253}:[ \t]+["']?([^\s"'#|>][^\s"']{3,3000})["']?[ \t]*\r?$/

/** Every value below `data:` and `stringData:`, whatever its name: the kind says that they are secrets. */
function findValues(text: string, at: number): readonly Match[] {
  const from = readFrom(text, at)
  if (from === undefined) return nothing
  const window = text.slice(from, Math.min(text.length, at + reach))
  const nextManifest = window.indexOf('\n---', at - from)
  const manifest = nextManifest === -1 ? window : window.slice(0, nextManifest)
  const matches: Match[] = []
  section.lastIndex = 0
  for (let found = section.exec(manifest); found !== null; found = section.exec(manifest))
    collect(manifest, section.lastIndex + 1, (found[1] ?? '').length, from, matches)
  return matches
}

/** Manifests are not this short: what follows so soon was read with the one before it. */
const shortestManifest = 200

/** The start of the manifest, or this place when the one before it is of the same kind; undefined when it was read. */
function readFrom(text: string, at: number): number | undefined {
  const least = Math.max(0, at - reach)
  const before = text.slice(least, at)
  const start = before.lastIndexOf('\n---') + 1
  const other = before.lastIndexOf(kindOfManifest)
  if (other < start) return least + start
  return before.length - other < shortestManifest ? undefined : at
}

function collect(manifest: string, from: number, indent: number, offset: number, matches: Match[]): void {
  for (let start = from; start < manifest.length; ) {
    const lineEnd = manifest.indexOf('\n', start)
    const end = lineEnd === -1 ? manifest.length : lineEnd
    const line = manifest.slice(start, end)
    const found = member.exec(line)
    if (found === null ? line.trim() !== '' : (found[1] ?? '').length <= indent) return
    const value = found?.[2] ?? ''
    if (value.length >= shortestValue && !isPlaceholder(value)) {
      const place = start + line.indexOf(value, line.indexOf(':') + 1)
      const why = 'a value of a Kubernetes manifest of the kind Secret'
      matches.push({ start: offset + place, end: offset + place + value.length, score: 0.9, why })
    }
    start = end + 1
  }
}

/** Values of `kind: Secret` manifests in YAML, encoded (`data`) or plain (`stringData`). */
export const kubernetesSecret: Detector = {
  type: 'kubernetes-secret',
  family: 'secret',
  class: 'restricted',
  label: 'value of a Kubernetes secret',
  trigger: { literals: [kindOfManifest] },
  examine: (text, start, end) => (/^[\w]/.test(text.slice(end, end + 1)) ? nothing : findValues(text, start)),
  proof: 'the kind of the manifest and the place of the value',
  isNamedOnly: true,
  finds: [
    'apiVersion: v1\nkind: Secret\nmetadata:\n  name: orders\ntype: Opaque\ndata:\n  a.user: «YXBwX3VzZXI=»\n  b: «aDdLcS05MnhMbVo=»\n',
    'kind: Secret\nstringData:\n  first: "«h7Kq-92xLmZ»"\nmetadata:\n  name: orders\n',
    'data:\n  first: «aDdLcS05MnhMbVo=»\nkind: Secret\n---\nkind: ConfigMap\ndata:\n  mode: production\n',
  ],
  ignores: [
    'kind: ConfigMap\ndata:\n  mode: production\n',
    'kind: SecretProviderClass\ndata:\n  mode: production\n',
    'kind: Secret\nmetadata:\n  name: orders\n',
    'kind: Secret\ndata:\n  first: <base64>\n',
    'In Kubernetes, kind: Secret tells that the data: below is encoded.',
  ],
  source: 'Kubernetes 1.34 documentation, "Secrets"',
}
