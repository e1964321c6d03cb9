import type { IncomingHttpHeaders } from 'node:http'
import type { Appended } from '#/audit/api.ts'
import type { JsonObject } from '#/core/json.ts'
import type { UsableOffering, UsableUseCase } from '#/policy/api.ts'
import type { Provider, VendorRequest } from '#/providers/api.ts'
import { providerOf } from '#/providers/index.ts'
import { askedFacts, countFound } from '../replay-facts.ts'
import type { GatewayServices, Line } from '../services.ts'
import { mostAnsweredTokens, worstCostOf } from '../spending/cost.ts'
import type { Reservation } from '../spending/spending.ts'
import type { Decided } from './decide.ts'
import type { Transformed } from './transform.ts'

declare const intended: unique symbol

/** Stage 7: the intent is on disk. Only now may a byte leave. */
export interface Intended {
  readonly [intended]: true
  readonly transformed: Transformed
  readonly appended: Appended
  readonly intendedAt: number
  readonly prepared: Prepared
  /** What is set aside of the budget of the use case; undefined where it has none. */
  readonly reservation: Reservation | undefined
}

/** What will be sent, ready to the last byte before the intent is written: the log holds exactly what leaves. */
export interface Prepared {
  readonly line: Line
  readonly provider: Provider
  /** The transformed body under the name the provider knows the model by. */
  readonly body: JsonObject
  /** The same as it is sent: the very bytes that came where nothing was changed, and how many characters it has. */
  readonly json: string | Uint8Array
  readonly characters: number
  /** Undefined for a provider that runs in process. */
  readonly vendor: VendorRequest | undefined
  /** What the provider is shown; nothing that is kept or passed on may repeat it. */
  readonly secret: string | undefined
}

/** Throws `budget-spent`, `log-unavailable` and `credential-unavailable`. */
export async function intend(transformed: Transformed, services: GatewayServices): Promise<Intended> {
  const prepared = prepare(transformed, services)
  const reservation = reserve(transformed, prepared.json, services)
  try {
    const appended = await appendIntent(transformed, prepared, services)
    const intendedAt = services.clock.monotonic()
    return { transformed, appended, prepared, intendedAt, reservation } as Intended
  } catch (error) {
    reservation?.settle(0)
    throw error
  }
}

function reserve({ decided }: Transformed, json: Prepared['json'], { spending }: GatewayServices) {
  const { useCase, offering } = decided.decision
  if (useCase.budget === undefined) return undefined
  const { chat, admitted } = decided.inspected.read
  const worstMicroUsd = worstCostOf(offering, Buffer.byteLength(json), chat)
  // The terms of a use case with a budget leave out offerings without a price.
  if (worstMicroUsd === undefined) throw new Error(`the offering ${offering.id} has no price to reserve`)
  const isLimited = chat.maxOutputTokens !== undefined
  return spending.reserve({
    useCase,
    personId: admitted.identified.caller.person.id,
    worstMicroUsd,
    isLimited,
  })
}

function appendIntent(
  transformed: Transformed,
  { json, characters }: Prepared,
  services: GatewayServices,
): Promise<Appended> {
  const { decided, isChanged } = transformed
  const { inspected, decision } = decided
  const { read, snapshot, inspector } = inspected
  const { received, caller } = read.admitted.identified
  return services.audit.append({
    kind: 'intent',
    subject: caller.person.id,
    facts: {
      requestId: received.requestId,
      dialect: read.chat.dialect,
      isStream: read.chat.isStream,
      useCase: decision.useCase.id,
      offering: decision.offering.id,
      provider: decision.offering.provider,
      model: decision.offering.model,
      class: decision.class,
      leavesAs: decision.leavesAs,
      declaredClass: read.asked.declaredClass,
      asked: askedFacts(inspected, services),
      keyId: caller.keyId,
      service: caller.service?.id,
      moderation: inspected.moderation,
      findings: countFound(decided.facts, (index) => decision.actions[index] as string),
      decision: isChanged ? 'transform' : 'allow',
      rules: decision.rules,
      snapshot: snapshot.version,
      inspector: inspector.version,
      settings: services.settingsDigest,
      counts: chargedAnyway(transformed, characters),
      timingsMs: { inspect: round(inspected.tookMs) },
    },
    payload: payloadOf(transformed, json),
  })
}

/** What a budget is charged by when the process is killed and no content is kept (`spending/after-crash.ts`). */
function chargedAnyway({ decided }: Transformed, sentCharacters: number) {
  const { budget, keepsContent } = decided.decision.useCase
  if (budget === undefined || keepsContent) return undefined
  return { sentCharacters, answerMaxTokens: mostAnsweredTokens(decided.inspected.read.chat) }
}

function prepare({ decided, body, isChanged }: Transformed, services: GatewayServices): Prepared {
  const { offering } = decided.decision
  const line = services.lines.get(offering.connection)
  if (line === undefined) throw new Error(`the offering ${offering.id} names a connection that is gone`)
  const provider = providerOf(line.connection.kind)
  const named = body['model'] === offering.model ? body : { ...body, model: offering.model }
  if (provider.speaks === 'chat') {
    const json = JSON.stringify(named)
    return {
      line,
      provider,
      body: named,
      json,
      characters: json.length,
      vendor: undefined,
      secret: undefined,
    }
  }
  const { admitted, bytes, characters, chat } = decided.inspected.read
  const { request } = admitted.identified.received
  // Read once for an exchange: what is shown and what is taken out of the words of a refusal are the same. A spread would
  // ask the getter of the credential too, and take a microsecond for it.
  const { id, kind, url, region, silenceLimitMs, credential } = line.connection
  const connection = { id, kind, url, region, silenceLimitMs, credential }
  const isAsItCame = !isChanged && chat.model === offering.model
  const text = isAsItCame ? undefined : JSON.stringify(named)
  const json = text === undefined ? bytes : text.length < bytesFromLength ? text : Buffer.from(text)
  const sent = { body: named, json }
  const vendor = provider.request(sent, connection, passedHeaders(request.headers, provider.passes))
  const length = text?.length ?? characters
  return { line, provider, body: named, json, characters: length, vendor, secret: credential }
}

/** What is long is made bytes of once, for the provider and for the log, and its text is not kept until the answer is there. */
const bytesFromLength = 65_536

const nothingPassed: Readonly<Record<string, string>> = Object.freeze({})

/** Only headers the provider lists travel on; names are matched exactly, a repeated header not at all. */
function passedHeaders(
  headers: IncomingHttpHeaders,
  passes: readonly string[],
): Readonly<Record<string, string>> {
  if (passes.length === 0) return nothingPassed
  const passed: Record<string, string> = {}
  for (const name of passes) {
    const value = headers[name]
    if (typeof value === 'string') passed[name] = value
  }
  return passed
}

/** In a payload, instead of everything that was entered or answered. */
export const notKept = '"content":"not-kept"'
const unstored = 'What would have made the provider keep something of it was taken out before it left.'

/** Sealed with the entry: what was entered, what left, where to, and why, as it was known then. */
function payloadOf(
  { decided, isChanged, isUnstored, issued }: Transformed,
  json: Prepared['json'],
): (string | Uint8Array)[] {
  const { decision, inspected } = decided
  const reasons = isUnstored ? JSON.stringify([...decision.reasons, unstored]) : reasonsOf(decision)
  const known = `"to":${destinationOf(decision.offering)},"useCase":${titleOf(decision.useCase)}${answeredOf(decided)},"reasons":${reasons}}`
  if (!decision.useCase.keepsContent) return [`{${notKept},${known}`]
  const replaced =
    issued.size === 0 ? '[]' : JSON.stringify([...issued].map(([token, original]) => ({ token, original })))
  // In pieces, because a text put together would be made whole first, which is a copy of all of it.
  const rest = `,"replaced":${replaced},${known}`
  return isChanged
    ? ['{"typed":', inspected.read.bytes, ',"sent":', json, rest]
    : ['{"typed":', inspected.read.bytes, `,"sent":null${rest}`]
}

/** What the caller answered to rules that ask; nothing where they said nothing. */
function answeredOf({ inspected, decision }: Decided): string {
  const { justification } = inspected.read.asked
  if (justification === undefined && decision.acknowledged.length === 0) return ''
  const read = decision.acknowledged.map(({ id, version, notice }) => ({ rule: id, version, notice }))
  return [
    ...(justification === undefined ? [] : [`,"justification":${JSON.stringify(justification)}`]),
    ...(read.length === 0 ? [] : [`,"acknowledged":${JSON.stringify(read)}`]),
  ].join('')
}

const reasonTexts = new WeakMap<readonly string[], string>()

/** As JSON. Most exchanges are explained by the very same sentences (`policy/reasons.ts`). */
function reasonsOf({ reasons }: Decided['decision']): string {
  let text = reasonTexts.get(reasons)
  if (text === undefined) {
    text = JSON.stringify(reasons)
    reasonTexts.set(reasons, text)
  }
  return text
}

const titles = new WeakMap<UsableUseCase, string>()

/** As JSON. */
function titleOf(useCase: UsableUseCase): string {
  let text = titles.get(useCase)
  if (text === undefined) {
    text = JSON.stringify(useCase.title)
    titles.set(useCase, text)
  }
  return text
}

const destinations = new WeakMap<UsableOffering, string>()

function destinationOf(offering: UsableOffering): string {
  let text = destinations.get(offering)
  if (text === undefined) {
    const { id, title, processor, region, retentionDays, trains, ceiling } = offering
    text = JSON.stringify({
      id,
      title,
      processor,
      region,
      retentionDays: retentionDays ?? null,
      trains,
      ceiling,
    })
    destinations.set(offering, text)
  }
  return text
}

/** Milliseconds with three decimals: a microsecond is enough, and headers stay short. */
export const round = (ms: number): number => Math.round(ms * 1_000) / 1_000
