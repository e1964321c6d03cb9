import type { ConnectionSettings, Settings } from './api.ts'
import { defaultClaudeCode } from './claude-code.ts'
import { defaultKeyPolicy } from './key-schema.ts'

type Defaults = Omit<Settings, 'dataFolder' | 'file' | 'digest'>

const mebibyte = 1024 * 1024

/**
 * How long a provider may say nothing: as long as the packages of OpenAI and Anthropic wait by themselves. A whole answer of a
 * model that thinks takes minutes and says nothing before it is there; given up, it would be paid for and asked again.
 */
export const defaultSilenceLimitMs = 600_000

/** How long a key service may take to answer; the keys it opened serve for a minute. */
export const defaultKeyLimitMs = 5_000

/** How long a secret out of a vault serves: a vault may be away as long as it takes to start it again. */
export const defaultKeptMinutes = 10

/** Days access may be given for. A quarter is how often a grant should be looked at; an office is held for a year. */
export const defaultGrants = { mostDays: 90, officeMostDays: 365 } as const

/** People of the development provider; a newcomer signs in as one of them. */
export const defaultAccounts = [
  { email: 'owner@example.com', name: 'Olivia Owner' },
  { email: 'employee@example.com', name: 'Emil Employee' },
] as const

const demo: ConnectionSettings = {
  kind: 'demo',
  url: undefined,
  region: undefined,
  credential: undefined,
  silenceLimitMs: defaultSilenceLimitMs,
}

/** What serves when nothing is configured: this machine only, the model that runs in process, no secret. */
export const defaults: Defaults = {
  host: '127.0.0.1',
  port: 8787,
  publicUrl: undefined,
  hosts: [],
  trustedProxies: [],
  forwardedHeader: 'x-forwarded-for',
  tls: undefined,
  admin: undefined,
  vault: undefined,
  connections: { demo },
  // A certificate or an address that changes is known within the hour; a week of silence and the document counts again.
  probes: { everyMinutes: 60, factDays: 7, limitMs: 10_000 },
  feeds: { networks: [] },
  identity: {
    kind: 'embedded',
    providers: [],
    owners: ['owner@example.com'],
    accounts: defaultAccounts,
    // A working day: who comes back after lunch is still signed in, who comes back the next morning is not. After a
    // week everybody shows the provider again that the account still exists.
    sessions: { idleMinutes: 480, absoluteHours: 168 },
    stepUpMinutes: 15,
    scim: [],
    groups: [],
    grants: defaultGrants,
    keys: defaultKeyPolicy,
    workloads: [],
  },
  bootstrap: [],
  limits: {
    bodyMaxBytes: 32 * mebibyte,
    bodyMaxMs: 30_000,
    jsonMaxDepth: 100,
    answerMaxBytes: 64 * mebibyte,
    requestsPerMinute: 600,
    openPerCaller: 64,
    openAltogether: 2_000,
  },
  inspection: { names: 'attachments', moderation: undefined },
  publication: { mode: 'automatic', secondPerson: false },
  audit: {
    origin: 'sallyport.local',
    segmentBytes: 64 * mebibyte,
    ballastMiB: 64,
    personMiBPerDay: 2_048,
    checkpointCopies: [],
    export: [],
  },
  retention: { contentDays: 180, headerDays: 400, belowSixMonths: undefined, headers: 'end' },
  keys: {
    source: 'file',
    passphrase: undefined,
    formerPassphrase: undefined,
    rotateEveryDays: 30,
    vault: undefined,
    awsKms: undefined,
  },
  codingAgents: { accessMinutes: 60, deviceDays: 30, claudeCode: defaultClaudeCode },
}
