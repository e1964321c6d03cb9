import type { ModerationFacts } from '#/audit/api.ts'
import type { Finding } from '#/core/finding.ts'
import { ClientGone } from '#/core/http/body.ts'
import { Refusal } from '#/core/refusal.ts'
import type { ModerationSettings } from '#/settings/api.ts'
import type { Progress } from '../exchange-progress.ts'
import type { GatewayServices } from '../services.ts'
import { decide } from '../stages/decide.ts'
import type { Inspected, Marked } from '../stages/inspect.ts'
import { notKept, round } from '../stages/intend.ts'
import { type Transformed, transform } from '../stages/transform.ts'
import { askModel } from './ask.ts'
import { chargeFor } from './charge.ts'
import type { Moderation } from './memory.ts'
import { type Reachable, reachModel } from './reach.ts'
import { type Flag, type ModerationAnswer, readModerationAnswer } from './read-answer.ts'
import { type ModeratedText, textsToModerate } from './texts.ts'

/** More new pieces in one request are not asked about at once; they have a megabyte together. */
const mostPieces = 64

/**
 * After stage 6: what people wrote is shown to the moderation model, as it would leave, and what it flags is a finding the
 * rules decide about anew. The texts are in the log before they are shown. Throws what `decide` throws, `moderation-away`,
 * `moderation-above`, `budget-spent`, `log-unavailable`, and `ClientGone`.
 */
export async function moderate(
  transformed: Transformed,
  moderation: Moderation,
  services: GatewayServices,
  progress: Progress,
): Promise<Transformed> {
  const startedAt = services.clock.monotonic()
  const { decided } = transformed
  const told = await askAbout(transformed, moderation, services)
  const facts: ModerationFacts = {
    offering: moderation.settings.offering,
    ...told.facts,
    tookMs: round(services.clock.monotonic() - startedAt),
  }
  const inspected: Inspected = {
    ...decided.inspected,
    marked: [...decided.inspected.marked, ...told.marked],
    moderation: facts,
  }
  progress.inspected = inspected
  const { response } = inspected.read.admitted.identified.received
  if (response.destroyed) throw new ClientGone()
  if (told.refuse === undefined && told.marked.length === 0)
    return { ...transformed, decided: { ...decided, inspected } }
  try {
    if (told.refuse !== undefined) throw told.refuse
    return transform(decide(inspected, services), services)
  } catch (error) {
    throw facts.entry === undefined ? error : asShown(error, facts.offering)
  }
}

/** The refusal says who saw it. */
const asShown = (error: unknown, shownTo: string): unknown =>
  error instanceof Refusal ? new Refusal(error.code, { ...error.facts, shownTo }, { cause: error }) : error

interface Told {
  readonly facts: Omit<ModerationFacts, 'offering' | 'tookMs'>
  readonly marked: readonly Marked[]
  readonly refuse?: Refusal
}

async function askAbout(
  transformed: Transformed,
  { settings, memory }: Moderation,
  services: GatewayServices,
): Promise<Told> {
  const texts = textsToModerate(transformed)
  if (texts.length === 0) return { facts: { how: 'nothing' }, marked: [] }
  const { useCase } = transformed.decided.decision
  const without = (what: 'away' | 'above', why: string, facts: Partial<ModerationFacts> = {}): Told => ({
    facts: { ...facts, how: `${what}: ${why}` },
    marked: [],
    ...(settings[what] === 'note'
      ? {}
      : {
          refuse: new Refusal(`moderation-${what}`, {
            offering: settings.offering,
            why,
            owner: useCase.owner,
          }),
        }),
  })
  const reached = reachModel(settings.offering, transformed.decided, services)
  if ('what' in reached) return without(reached.what, reached.why)
  const { offering } = reached
  const keyOf = (piece: string): string => memory.keyOf(offering, piece)
  const fresh = [...new Set(texts.flatMap(({ pieces }) => pieces))].filter(
    (piece) => memory.find(keyOf(piece)) === undefined,
  )
  const { model } = offering
  if (fresh.length > mostPieces)
    return without('away', `is asked about ${mostPieces} texts at once at most`, { model })
  const said = new Map<string, readonly Flag[]>()
  const markAll = (): readonly Marked[] =>
    texts.flatMap((text) => markOf(text, (piece) => said.get(piece) ?? memory.find(keyOf(piece)) ?? []))
  if (fresh.length === 0) return { facts: { model, how: 'known' }, marked: markAll() }
  const asked = await ask(reached, fresh, transformed, settings, services)
  const { entry, costMicroUsd } = asked
  if ('away' in asked) return without('away', asked.away, { model, entry, costMicroUsd })
  for (const [index, piece] of fresh.entries()) {
    const flags = asked.flags[index] as readonly Flag[]
    said.set(piece, flags)
    memory.keep(keyOf(piece), flags)
  }
  const { version } = asked
  return { facts: { model, version, how: 'answered', entry, costMicroUsd }, marked: markAll() }
}

/** The whole text is what was judged: nobody changes it, so a rule that would have to refuses. */
function markOf(
  { segment, pieces }: ModeratedText,
  flagsOf: (piece: string) => readonly Flag[],
): readonly Marked[] {
  const highest = new Map<string, number>()
  for (const { type, score } of pieces.flatMap(flagsOf))
    highest.set(type, Math.max(score, highest.get(type) ?? 0))
  if (highest.size === 0) return []
  const findings = [...highest].map(
    ([type, score]): Finding => ({
      start: 0,
      end: segment.text.length,
      type,
      family: 'other',
      score,
      why: `the moderation model gives it ${score.toFixed(2)}`,
    }),
  )
  return [{ segment: { ...segment, isFixed: true }, findings, isWhole: true }]
}

type Asked = Pick<ModerationFacts, 'entry' | 'costMicroUsd'> &
  ({ readonly away: string } | Pick<ModerationAnswer, 'version' | 'flags'>)

/** Nothing is shown to the model before the log says so, nor before there is money for it. */
async function ask(
  { offering, line, requestFor }: Reachable,
  texts: readonly string[],
  { decided }: Transformed,
  { limitMs, threshold }: ModerationSettings,
  services: GatewayServices,
): Promise<Asked> {
  const { decision, inspected } = decided
  const { received, caller } = inspected.read.admitted.identified
  let request: ReturnType<Reachable['requestFor']>
  try {
    request = requestFor(texts)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { away: 'has a credential that cannot be had now' }
  }
  const charge = chargeFor(offering, texts, decided, services)
  const logged = services.audit.append({
    kind: 'moderation',
    subject: caller.person.id,
    facts: {
      requestId: received.requestId,
      useCase: decision.useCase.id,
      offering: offering.id,
      provider: offering.provider,
      model: offering.model,
      class: decision.class,
      leavesAs: decision.leavesAs,
      keyId: caller.keyId,
      service: caller.service?.id,
      snapshot: inspected.snapshot.version,
      settings: services.settingsDigest,
      counts: { texts: texts.length, characters: texts.reduce((sum, text) => sum + text.length, 0) },
    },
    payload: decision.useCase.keepsContent ? `{"moderated":${JSON.stringify(texts)}}` : `{${notKept}}`,
  })
  const { index: entry } = await logged.catch((error: unknown) => {
    charge({ isServed: false, usage: undefined })
    throw error
  })
  const answered = await askModel(line, request, limitMs)
  if ('away' in answered) {
    const { away, isServed } = answered
    return { away, entry, costMicroUsd: charge({ isServed, usage: undefined }) }
  }
  const read = readModerationAnswer(answered, texts.length, threshold)
  const costMicroUsd = charge({ isServed: true, usage: read?.usage })
  if (read === undefined) return { away: 'sent an answer that cannot be read', entry, costMicroUsd }
  const { version, flags } = read
  return { version, flags, entry, costMicroUsd }
}
