import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { openExports } from '#/audit/export/exports.ts'
import { newFolder, openIn, origin } from '#/audit/log-for-tests.ts'
import type { LogLine } from '#/core/log-line.ts'
import type { SyslogSinkSettings } from '#/settings/api.ts'
import { noRsyslog, prepareRsyslog } from '../support/rsyslog.ts'

const entries = 10_000
/** Ends of lines, a forged message with its own count, escapes of a terminal in both alphabets, writing turned around. */
const hostile =
  'first\n<13>1 - - - - - - forged\r\n20 <13>1 - - - - - \u001b[2J\u009b31m\u202e\u2028\u0000 last'

test('a real rsyslog gets 10,000 entries over TLS, each as one line, none missing over a restart of it', {
  skip: noRsyslog(),
}, async (context) => {
  const folder = await newFolder(context)
  const rsyslog = await prepareRsyslog(folder)
  context.after(() => rsyslog.stop('SIGKILL'))
  await rsyslog.start()
  const { log } = await openIn(folder, { segmentBytes: 1_024 * 1_024 })
  const settings: SyslogSinkSettings = {
    ...{ kind: 'syslog', id: 'soc', format: 'ocsf', from: 'beginning', people: false },
    ...{ host: '127.0.0.1', port: rsyslog.port, tls: true, ca: join(folder, 'ca.pem') },
    ...{ serverName: 'siem.example.com', certificate: undefined, privateKey: undefined },
  }
  const lines: LogLine[] = []
  const exports = await openExports({
    ...{ sinks: [settings], credentials: new Map([['soc', { ca: rsyslog.ca }]]), log },
    ...{ auditFolder: join(folder, 'audit'), product: { version: '0.0.0' }, hostName: 'gate.example.com' },
    ...{ findPerson: async () => undefined, writeLine: (line: LogLine) => lines.push(line) },
  })
  context.after(() => exports.close())
  exports.start()
  const facts = { requestId: hostile, model: hostile, decision: 'allow' }
  for (let left = entries; left > 0; left -= 1_000) {
    const appended = Array.from({ length: 1_000 }, () => log.append({ kind: 'record', facts }))
    await Promise.all(appended)
  }
  const sink = () => exports.status()[0] ?? assert.fail()
  const untilArrived = async (next: number): Promise<void> => {
    for (let tries = 0; sink().next < next; tries++) {
      assert.ok(tries < 3_000, `${sink().next} of ${next} after a minute: ${sink().lastError}`)
      await pause(20)
    }
  }
  await pause(300)
  await rsyslog.stop()
  await pause(2_000)
  assert.equal(sink().state, 'failing')
  await rsyslog.start()
  await untilArrived(log.size())
  await exports.close()
  await rsyslog.stop()

  const messages = await rsyslog.messages()
  const counts = new Map<string, number>()
  for (const message of messages) {
    assert.match(
      message,
      /^<1\d\d>1 \d{4}-\d\d-\d\dT[\d:.]+Z gate\.example\.com sallyport \d+ ocsf-1\.8\.0 \[origin /,
    )
    assert.doesNotMatch(message, /[\p{Cc}\u2028\u202e]/u)
    const event = JSON.parse(message.slice(message.indexOf('] {') + 2)) as Event
    counts.set(event.metadata.uid, (counts.get(event.metadata.uid) ?? 0) + 1)
    if (event.metadata.event_code === 'record') assert.equal(event.unmapped.facts.model, hostile)
  }
  for (let index = 0; index < log.size(); index++)
    assert.ok(counts.has(`${origin}#${index}`), `entry ${index} is missing`)
  assert.ok([...counts.keys()].some((id) => id.includes('#checkpoint-')))
  assert.equal(lines.filter(({ level }) => level === 'warning').length, 1, 'the outage is told once')
  const twice = messages.length - counts.size
  context.diagnostic(`${messages.length} messages, ${log.size()} entries, missing 0, twice ${twice}`)
})

interface Event {
  readonly metadata: { readonly uid: string; readonly event_code: string }
  readonly unmapped: { readonly facts: { readonly model?: string } }
}
