import { hash } from 'node:crypto'
import { readCatalogue } from '#/core/catalogue.ts'
import type { Channel } from '#/core/segment.ts'
import type { Inspector, NameFinder } from '#/inspect/api.ts'
import type { KnowledgeMatcher } from '#/inspect/company/index.ts'
import { furtherDetectors } from '#/inspect/further/index.ts'
import {
  createInspector,
  type InjectionScorer,
  loadSecretModel,
  loadTopics,
  type TopicFinder,
} from '#/inspect/index.ts'
import { createPatternFinder } from '#/inspect/patterns/index.ts'
import type { Settings } from '#/settings/api.ts'
import type { Snapshot } from '#/snapshot/api.ts'
import { openInjectionScorer } from './injection-weights.ts'
import { openKnowledge } from './knowledge-file.ts'
import { openNames } from './name-weights.ts'
import { isNumberOf } from './phone-numbers.ts'

/** What a company looks for besides: its terms and patterns. */
export type OwnWords = Pick<Snapshot, 'terms' | 'patterns'>

/** What an inspector is made of, but for those: the same on the main thread and in every worker. */
export interface InspectorFacts {
  readonly dataFolder: string
  /** Names of people, places and organisations are looked for too: everywhere, or in attachments alone. */
  readonly names: Settings['inspection']['names']
}

/** What is loaded once. What is undefined is not looked for. */
interface InspectorParts {
  readonly injection: InjectionScorer
  readonly knowledge: KnowledgeMatcher | undefined
  readonly names: NameFinder | undefined
  readonly namesIn: readonly Channel[] | undefined
}

/** Makes inspectors for terms and patterns. Throws when a file of weights is missing or damaged, or the knowledge is. */
export async function openInspectors({
  dataFolder,
  names,
}: InspectorFacts): Promise<(own: OwnWords) => Inspector> {
  const parts: InspectorParts = {
    injection: openInjectionScorer(),
    knowledge: await openKnowledge(dataFolder),
    names: names === false ? undefined : openNames(),
    namesIn: names === 'attachments' ? (['attachment'] as const) : undefined,
  }
  const given = {
    ...parts,
    phone: isNumberOf,
    secrets: loadSecretModel(readCatalogue('secrets/weights.bin')),
    further: furtherDetectors,
    topics: openTopics(),
  }
  return ({ terms, patterns }) => {
    const finder = patterns.length === 0 ? undefined : createPatternFinder(patterns)
    return createInspector({ terms, patterns: finder, ...given })
  }
}

/** One inspector per snapshot; the same terms and patterns give the same one, so that verdicts stay cached over publications. */
export function inspectorsBySnapshot(make: (own: OwnWords) => Inspector): (snapshot: OwnWords) => Inspector {
  const bySnapshot = new WeakMap<OwnWords, Inspector>()
  let last: { readonly own: string; readonly inspector: Inspector } | undefined
  return (snapshot) => {
    const earlier = bySnapshot.get(snapshot)
    if (earlier !== undefined) return earlier
    const own = JSON.stringify([snapshot.terms, snapshot.patterns])
    if (last?.own !== own) last = { own, inspector: make(snapshot) }
    bySnapshot.set(snapshot, last.inspector)
    return last.inspector
  }
}

/** The classifier of topics that comes with Sallyport. */
function openTopics(): TopicFinder {
  const bytes = readCatalogue('topics/model.bin')
  return loadTopics(bytes, hash('sha256', bytes))
}
