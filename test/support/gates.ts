import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import type { OpenedEntry } from '#/audit/api.ts'
import type { PublishedItem } from '#/snapshot/publications/api.ts'
import type { Company } from './company.ts'
import { offeringText } from './records.ts'

/** Exchanges by the real clients of both dialects, and the decision that the entry of a refusal rests on. */

export const dialects = ['openai-chat', 'anthropic-messages'] as const
export type Dialect = (typeof dialects)[number]

/** An offering for each dialect; the second one has this at the end of its id. */
const messagesSuffix = '-messages'

export const inDialect = (id: string, dialect: Dialect): string =>
  dialect === 'openai-chat' || id === 'auto' ? id : `${id}${messagesSuffix}`

export const bothOf = (id: string): readonly string[] => dialects.map((dialect) => inDialect(id, dialect))

/** The same offering twice, so that both clients can name it. */
export const offeringPair = (
  id: string,
  options: Omit<Parameters<typeof offeringText>[0], 'id' | 'connection' | 'model'> = {},
): string =>
  offeringText({ ...options, id, connection: 'simulator-openai', model: 'sim-echo' }) +
  offeringText({
    ...options,
    ...{
      id: inDialect(id, 'anthropic-messages'),
      connection: 'simulator-anthropic',
      model: 'claude-sim-echo',
    },
  })

export interface Asked {
  readonly model?: string
  readonly useCase?: string
  readonly text?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly key?: string
  /** Members of the body in each dialect. */
  readonly more?: Readonly<Record<Dialect, object>>
}

export interface Told {
  readonly status: number
  /** `answered`, or the code of the refusal. */
  readonly code: string
  readonly message: string
  readonly remedies: readonly string[]
  /** Index of the entry. */
  readonly entry: number
  readonly offering: string | null
}

interface Sent {
  readonly response: Response
}

/** Sends it as an application would, with the SDK of the dialect. */
export async function ask(company: Company, key: string, dialect: Dialect, asked: Asked): Promise<Told> {
  const { model = 'auto', useCase, text = 'Good morning.', more } = asked
  const options = {
    headers: { ...(useCase === undefined ? {} : { 'x-sallyport-use-case': useCase }), ...asked.headers },
  }
  const common = { apiKey: asked.key ?? key, maxRetries: 0 }
  const body = {
    model: inDialect(model, dialect),
    messages: [{ role: 'user' as const, content: text }],
    ...more?.[dialect],
  }
  const { url } = company.sallyport
  const sending = (): Promise<Sent> =>
    dialect === 'openai-chat'
      ? new OpenAI({ ...common, baseURL: `${url}/v1` }).chat.completions.create(body, options).withResponse()
      : new Anthropic({ ...common, baseURL: url }).messages
          .create({ max_tokens: 100, ...body }, options)
          .withResponse()
  try {
    const { response } = await sending()
    return {
      ...headsOf(response.headers),
      status: response.status,
      code: 'answered',
      message: '',
      remedies: [],
    }
  } catch (error) {
    if (!(error instanceof OpenAI.APIError || error instanceof Anthropic.APIError)) throw error
    const { status, headers } = error
    assert.ok(status !== undefined && headers !== undefined, String(error))
    return { ...headsOf(headers), status, ...wordsOf(error.error) }
  }
}

const headsOf = (headers: Headers): Pick<Told, 'entry' | 'offering'> => ({
  entry: Number(headers.get('x-sallyport-receipt')?.split('#')[1]),
  offering: headers.get('x-sallyport-offering'),
})

interface WireError {
  readonly code?: string
  readonly details?: { readonly error_code: string }
  readonly message: string
  readonly remedies: readonly { readonly id: string }[]
}

/** One client gives the envelope, the other what is in it. */
function wordsOf(body: unknown): Pick<Told, 'code' | 'message' | 'remedies'> {
  const { error = body } = body as { readonly error?: WireError }
  const { code, details, message, remedies } = error as WireError
  return { code: details?.error_code ?? code ?? 'none', message, remedies: remedies.map(({ id }) => id) }
}

/** A decision of the register as it stands in the log. */
export interface Grounds {
  /** Of the entry that holds the decision. */
  readonly entry: number
  readonly by: string
  readonly version: number
  /** When it ends; undefined when it does not. */
  readonly untilMs: number | undefined
}

/**
 * On whose word a record served when this was refused, found from the entry of the refusal alone: it names the snapshot,
 * whose entry names the publication, which names the approval. Undefined when the record did not serve.
 */
export async function groundsOf(
  { sallyport: { audit } }: Company,
  refusal: OpenedEntry,
  record: string,
): Promise<Grounds | undefined> {
  const snapshots = async () => {
    const heads = await audit.search({ kinds: ['snapshot'], below: refusal.index + 100, limit: 1_000 })
    return heads.find(({ facts }) => facts.version === refusal.facts.snapshot)
  }
  let snapshot = await snapshots()
  // A new snapshot serves before its entry is durable.
  for (let tries = 0; snapshot === undefined && tries < 100; tries++) {
    await pause(5)
    snapshot = await snapshots()
  }
  assert.ok(snapshot, `the snapshot ${refusal.facts.snapshot} is not in the log`)
  const number = Number(snapshot.facts.about?.split('/')[1])
  const item = (await publishedAt(audit, number)).get(record)
  if (item === undefined) return undefined
  const heads = await audit.search({ kinds: ['decision'], limit: 10_000 })
  for (const { index } of heads.filter(({ facts }) => facts.about === record)) {
    const { line } = await sealedOf<{ line: { decision: Deciding } }>(audit, index)
    const { number: approval, version, by, untilMs } = line.decision
    if (approval === item.approval) return { entry: index, by: by.name, version, untilMs }
  }
  return assert.fail(`the approval ${item.approval} of ${record} is not in the log`)
}

interface Deciding {
  readonly number: number
  readonly version: number
  readonly untilMs?: number
  readonly by: { readonly name: string }
}

type Log = Company['sallyport']['audit']

const sealedOf = async <T>(audit: Log, index: number): Promise<T> =>
  JSON.parse(Buffer.from((await audit.open(index))?.payload ?? []).toString()) as T

/** What was published by publication `number`: all before it, one after the other. */
async function publishedAt(audit: Log, number: number): Promise<ReadonlyMap<string, PublishedItem>> {
  const heads = await audit.search({ kinds: ['publication'], limit: 10_000 })
  const items = new Map<string, PublishedItem>()
  for (const { index } of heads.filter(({ facts }) => Number(facts.version) <= number).toReversed()) {
    const { publication } = await sealedOf<{ publication: Publishing }>(audit, index)
    for (const { kind, id } of publication.gone) items.delete(`${kind}/${id}`)
    for (const item of publication.put) items.set(`${item.kind}/${item.id}`, item)
  }
  return items
}

interface Publishing {
  readonly put: readonly PublishedItem[]
  readonly gone: readonly Pick<PublishedItem, 'kind' | 'id'>[]
}
