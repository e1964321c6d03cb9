import type { SinkSettings } from '#/settings/api.ts'
import type { Sink, SinkKind, SinkSurroundings } from '../api.ts'
import { fileSink } from './file/file.ts'
import { splunkSink } from './splunk-hec/splunk-hec.ts'
import { syslogSink } from './syslog/syslog.ts'

/** Every way out. A new one is a folder beside these, a line here, and its keys in `src/settings/export-schema.ts`. */
const kinds: { readonly [Kind in SinkSettings['kind']]: SinkKind<Kind> } = {
  file: fileSink,
  syslog: syslogSink,
  'splunk-hec': splunkSink,
}

/** The kind of these settings; the settings are its own by their `kind`. */
const kindOf = ({ kind }: SinkSettings): SinkKind => kinds[kind] as unknown as SinkKind

export const openSink = (settings: SinkSettings, around: SinkSurroundings): Sink =>
  kindOf(settings).open(settings, around)

export const describeSink = (settings: SinkSettings): string => kindOf(settings).describe(settings)

export const settleEveryMs = (settings: SinkSettings): number => kindOf(settings).settleEveryMs
