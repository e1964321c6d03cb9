import type { WriteLine } from '#/core/log-line.ts'
import { providerOf, providers } from '#/providers/index.ts'
import type { ModerationSettings } from '#/settings/api.ts'
import type { Snapshot } from '#/snapshot/api.ts'
import type { Line } from '../services.ts'
import { type Moderation, ModerationMemory } from './memory.ts'

/**
 * Undefined where the settings name no model. Throws when the model they name can never be asked; one that does not serve
 * yet is told of, since it may be approved while the server runs.
 */
export function openModeration(
  settings: ModerationSettings | undefined,
  { offerings }: Pick<Snapshot, 'offerings'>,
  lines: ReadonlyMap<string, Line>,
  writeLine: WriteLine,
): Moderation | undefined {
  if (settings === undefined) return undefined
  const offering = offerings.get(settings.offering)
  const line = offering && lines.get(offering.connection)
  if (offering === undefined) {
    const then =
      settings.away === 'refuse' ? 'every exchange is refused' : 'exchanges go on with a note in the log'
    writeLine({
      level: 'warning',
      what: `inspection.moderation.offering names ${settings.offering}, which does not serve: until it is approved, ${then}`,
    })
  } else if (line !== undefined && !hasModeration(line.connection.kind)) {
    const able = providers.map(({ kind }) => kind).filter(hasModeration)
    throw new Error(
      `inspection.moderation.offering names ${offering.id}, whose connection ${offering.connection} is of the kind ${line.connection.kind}, which has no moderation: name an offering with a connection of the kind ${able.join(' or ')}`,
    )
  }
  return { settings, memory: new ModerationMemory() }
}

function hasModeration(kind: string): boolean {
  const provider = providerOf(kind)
  return provider.speaks !== 'chat' && provider.moderation !== undefined
}
