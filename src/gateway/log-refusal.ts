import type { EntryFacts } from '#/audit/api.ts'
import type { Refusal } from '#/core/refusal.ts'
import type { Caller } from '#/core/role.ts'
import { formatPath } from '#/core/segment.ts'
import { defaultUseCase } from '#/policy/use-case.ts'
import type { Progress } from './exchange-progress.ts'
import { askedFacts, countFound } from './replay-facts.ts'
import type { GatewayServices } from './services.ts'
import { describeFindings } from './stages/decide.ts'
import { notKept, round } from './stages/intend.ts'
import type { Read } from './stages/read.ts'
import type { Received } from './stages/receive.ts'
import { switchOf } from './stops.ts'

/**
 * The one entry of an exchange that did not leave. What was entered is sealed with it, so that somebody who must
 * explain a refusal can, and nobody else can read it. Gives the receipt for a caller who is known; it would tell
 * anybody else how much is logged. Throws `log-unavailable`.
 */
export async function logRefusal(
  why: Refusal | 'client-gone',
  received: Received,
  services: GatewayServices,
  progress: Progress,
): Promise<string | undefined> {
  // One alert stands for all of these: an entry each would let anybody fill the log.
  if (why !== 'client-gone' && why.code === 'too-many-wrong-keys') return undefined
  const caller = progress.identified?.caller
  const { read } = progress
  const { receipt } = await services.audit.append({
    kind: 'refusal',
    ...(caller === undefined ? {} : { subject: caller.person.id }),
    facts: {
      requestId: received.requestId,
      dialect: received.dialect.name,
      code: why === 'client-gone' ? why : why.code,
      rules: why === 'client-gone' ? undefined : rulesOf(why),
      about: why === 'client-gone' ? undefined : switchOf(why),
      decision: 'refuse',
      settings: services.settingsDigest,
      ...(caller?.keyId === undefined ? {} : { keyId: caller.keyId }),
      service: caller?.service?.id,
      ...(progress.inspected === undefined ? {} : factsOf(progress.inspected, services)),
      timingsMs: { total: round(services.clock.monotonic() - received.startedAt) },
    },
    ...(caller === undefined || read === undefined ? {} : { payload: payloadOf(read, caller, services) }),
  })
  return caller === undefined ? undefined : receipt
}

/** Nothing of what was entered where the use case it was meant for keeps nothing. */
function payloadOf(read: Read, caller: Caller, services: GatewayServices): (string | Uint8Array)[] {
  const useCase = caller.useCase ?? read.asked.useCase ?? defaultUseCase
  const keepsContent = services.snapshot().useCases.get(useCase)?.keepsContent ?? true
  return keepsContent ? ['{"typed":', read.bytes, '}'] : [`{${notKept}}`]
}

/** Ids of the rules that stopped it: for findings, and for the exchange as a whole. */
function rulesOf({ facts }: Refusal): readonly string[] | undefined {
  const { stoppedBy = [], rules = [] } = facts as {
    readonly stoppedBy?: readonly string[]
    readonly rules?: readonly string[]
  }
  const ids = [...new Set([...stoppedBy.filter((rule) => rule !== ''), ...rules])]
  return ids.length === 0 && facts['stoppedBy'] === undefined ? undefined : ids
}

/** Kinds of findings by channel; what would have been done with them is not known, so it says `refuse`. */
function factsOf(inspected: NonNullable<Progress['inspected']>, services: GatewayServices): EntryFacts {
  const { snapshot, inspector, read } = inspected
  return {
    findings: countFound(describeFindings(inspected, formatPath), () => 'refuse'),
    asked: askedFacts(inspected, services),
    moderation: inspected.moderation,
    declaredClass: read.asked.declaredClass,
    snapshot: snapshot.version,
    inspector: inspector.version,
    isStream: read.chat.isStream,
  }
}
