/** What the gateway, the command line and the page use of inspection. */
export { type AnswerWatcher, createAnswerWatcher } from './answer-watcher.ts'
export type { Inspector, Kind, NameFinder, NameWeights, Pseudonyms, Restorer, Term, Treated } from './api.ts'
export { harmChannels } from './harm/find.ts'
export { harmKinds, isOfModeration, moderationKinds } from './harm/kinds.ts'
export { injectionKinds } from './injection/kinds.ts'
export { type InjectionModel, readInjectionModel } from './injection/model.ts'
export { type InjectionScore, scoreInjection } from './injection/score.ts'
export {
  createInjectionScorer,
  type InjectionScorer,
  type InjectionScorerOptions,
  scoredChannels,
} from './injection/scorer.ts'
export { createInspector, type InspectorOptions, publicKinds } from './inspector.ts'
export { describeKinds, type KindDescription, kinds } from './kinds.ts'
export { kindsOfNames } from './names/kinds.ts'
export { loadNames, loadNamesLater } from './names/names.ts'
export { type Pack, type PackName, packNames, packs, typesOfPack } from './packs.ts'
export { createPseudonyms, type PseudonymsOptions } from './pseudonyms.ts'
export { createRestorer } from './restore.ts'
export { createTextRestorer, fitsAnywhere, mayBeJson } from './restore-text.ts'
export { loadSecretModel, type SecretModel } from './secrets/model.ts'
export { termLimits, termProblem } from './terms.ts'
export { loadTopics, type TopicFinder } from './topics/topics.ts'
export { maskOf, type Transformed, transformText } from './transform.ts'
