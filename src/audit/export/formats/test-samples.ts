/** Events every format is shown with: one of each kind of entry, one that attacks whoever reads it, and the others. */
import type { EntryFacts, EntryKind, LoggedHead } from '../../api.ts'
import type { ExportEvent } from '../api.ts'
import { checkpointEvent, entryEvent, testEvent } from '../events.ts'

const origin = 'log.example.com/test'
const alias = '0123456789abcdef0123456789abcdef'
const atMs = Date.UTC(2026, 10, 23, 12, 0, 0, 123)

const entry = (
  index: number,
  kind: EntryKind,
  facts: EntryFacts,
  more: Partial<Pick<LoggedHead, 'alias'>> = { alias },
) => {
  const subject = more.alias === undefined ? '' : `,"subject":"${more.alias}"`
  const header = `{"v":1,"index":${index},"atMs":${atMs + index},"monoMs":${index},"boot":"b","kind":"${kind}"${subject},"facts":${JSON.stringify(facts)}}`
  const head: LoggedHead = {
    index,
    atMs: atMs + index,
    kind,
    facts: (JSON.parse(header) as { facts: EntryFacts }).facts,
    subject: undefined,
    alias: more.alias,
    header,
  }
  return entryEvent(origin, head, undefined)
}

/** Ends of lines, escapes of a terminal (C0 and C1), marks that turn writing around, and what formats use themselves. */
export const hostile = "a|b=c\\d\"e\n<13>1 forged\r\u001b[2J\u009b31m\u202e\u2028,=cmd|' /C calc'!A0"

export const samples: readonly ExportEvent[] = [
  entry(0, 'start', { settings: 'd'.repeat(64) }, { alias: undefined }),
  entry(1, 'sign-in', {}),
  entry(2, 'sign-in-failed', { reason: 'the state does not fit' }, { alias: undefined }),
  entry(3, 'key-created', { keyId: 'key_one', about: 'command-line:ada', useCase: 'general-assistant' }),
  entry(4, 'decision', { about: 'command-line:ada', decision: 'roles granted: auditor, security' }),
  entry(5, 'snapshot', { version: 'snapshot-1' }, { alias: undefined }),
  entry(6, 'intent', {
    requestId: 'req_one',
    dialect: 'openai-chat',
    isStream: true,
    useCase: 'general-assistant',
    offering: 'west-large',
    provider: 'compatible',
    model: 'large-1',
    class: 'confidential',
    leavesAs: 'internal',
    keyId: 'key_one',
    findings: [{ type: 'email', channel: 'user', action: 'pseudonymise', count: 2 }],
    decision: 'transform',
    rules: ['hide-contacts'],
    snapshot: 'snapshot-1',
    inspector: 'inspector-1',
    timingsMs: { inspect: 1.25 },
  }),
  entry(7, 'outcome', {
    requestId: 'req_one',
    intent: 6,
    useCase: 'general-assistant',
    offering: 'west-large',
    decision: 'answered',
    status: 200,
    finish: 'stop',
    usage: { inputTokens: 16, outputTokens: 10, cacheReadTokens: 4, cacheWriteTokens: 0 },
    costMicroUsd: 120,
    tools: ['look_up'],
  }),
  entry(8, 'refusal', {
    requestId: 'req_two',
    dialect: 'anthropic-messages',
    code: 'finding-blocked',
    rules: ['no-secrets'],
    decision: 'refuse',
    snapshot: 'snapshot-1',
    findings: [{ type: 'aws-access-key', channel: 'user', action: 'refuse', count: 1 }],
  }),
  entry(
    9,
    'refusal',
    { requestId: 'req_three', code: 'key-unknown', decision: 'refuse' },
    { alias: undefined },
  ),
  entry(10, 'intent', {
    requestId: hostile,
    model: hostile,
    provider: hostile,
    offering: hostile,
    useCase: hostile,
    decision: 'allow',
  }),
  entry(11, 'record', { about: 'offering/west-large', version: '3', reason: hostile }),
  entry(12, 'read', { reason: 'search' }, { alias: undefined }),
  entry(
    13,
    'export',
    { reason: 'written to a file', about: 'command-line:ada', version: 'csv' },
    { alias: undefined },
  ),
  entry(14, 'key-revoked', { keyId: 'key_one', about: 'command-line:ada' }),
  entry(15, 'sign-out', {}),
  entry(16, 'stop', {}, { alias: undefined }),
  checkpointEvent(
    origin,
    `${origin}\n17\n${'A'.repeat(43)}=\n\n\u2014 ${origin} ${'B'.repeat(92)}\n`,
    atMs + 1_000,
  ),
  testEvent(origin, atMs + 2_000),
  entry(17, 'key-replaced', { keyId: 'key_two', about: 'command-line:ada', reason: 'in place of key_one' }),
  entry(18, 'key-leaked', { keyId: 'key_two', about: 'sallyport', reason: 'seen in: user' }),
  entry(
    19,
    'alert',
    { reason: 'refused keys from one address', counts: { tries: 21 } },
    { alias: undefined },
  ),
  entry(20, 'workload-sign-in', { keyId: 'key_three', service: 'builds', about: 'github' }),
]

/** The sign-in again, for a sink that names people. */
export const named: ExportEvent = {
  ...(samples[1] as Extract<ExportEvent, { is: 'entry' }>),
  person: { email: 'ada@example.com', name: 'Ada' },
}
