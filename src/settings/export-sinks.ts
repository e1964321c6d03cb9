import { join, sep } from 'node:path'
import type { Settings, SinkSettings } from './api.ts'
import type { SinkFile } from './export-schema.ts'

const mebibyte = 1024 * 1024

/** The port of RFC 5425, section 4.1, and of RFC 6587 without TLS. */
const syslogPort = { tls: 6_514, plain: 601 } as const

/** One sink with everything the file left out. `beside` makes a path absolute. */
export function readSink(sink: SinkFile, beside: (path: string) => string): SinkSettings {
  const { id, format = 'ocsf', from = 'beginning', people = false } = sink
  const common = { id, format, from, people }
  const besideIf = (path: string | undefined) => (path === undefined ? undefined : beside(path))
  if (sink.kind === 'file') {
    const { path, maxBytes = 100 * mebibyte, keep = 10 } = sink
    return { kind: 'file', ...common, path: beside(path), maxBytes, keep }
  }
  if (sink.kind === 'syslog') {
    const { host, tls = true, ca, serverName, certificate, privateKey } = sink
    const port = sink.port ?? (tls ? syslogPort.tls : syslogPort.plain)
    const own = { ca: besideIf(ca), serverName, certificate: besideIf(certificate), privateKey }
    return { kind: 'syslog', ...common, host, port, tls, ...own }
  }
  const { url, token, ca, index, gzip = true, acknowledge = false } = sink
  return { kind: 'splunk-hec', ...common, url, token, ca: besideIf(ca), index, gzip, acknowledge }
}

/** What is right for each sink by itself and wrong together. `key` is dotted. */
export function findSinkConflicts({
  audit,
  dataFolder,
}: Pick<Settings, 'audit' | 'dataFolder'>): readonly { readonly key: string; readonly problem: string }[] {
  const problems: { key: string; problem: string }[] = []
  const ids = new Set<string>()
  const paths = new Set<string>()
  for (const [at, sink] of audit.export.entries()) {
    const key = `audit.export.${at}`
    if (ids.has(sink.id))
      problems.push({
        key: `${key}.id`,
        problem: `is ${sink.id} a second time; each sink has a name of its own`,
      })
    ids.add(sink.id)
    if (sink.kind !== 'file') continue
    if (paths.has(sink.path))
      problems.push({ key: `${key}.path`, problem: 'is the file of another sink, too' })
    paths.add(sink.path)
    const own = ['audit', 'keys'].find((name) => sink.path.startsWith(join(dataFolder, name) + sep))
    if (own !== undefined) {
      problems.push({
        key: `${key}.path`,
        problem: `lies in ${own}/ of the data folder, where only Sallyport itself writes; name a file elsewhere`,
      })
    }
  }
  return problems
}
