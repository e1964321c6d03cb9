import { harmKinds, type Kind, moderationKinds } from '#/inspect/index.ts'

/**
 * Categories of moderation models as kinds that rules name.
 * Source: OpenAI API reference, moderations (13 categories of omni-moderation); Mistral API reference, moderations.
 */
const kinds: Readonly<Record<string, Kind>> = {
  harassment: moderationKinds.harassment,
  'harassment/threatening': harmKinds.violence,
  hate: harmKinds.violence,
  'hate/threatening': harmKinds.violence,
  illicit: moderationKinds.crime,
  'illicit/violent': harmKinds.weapons,
  'self-harm': harmKinds['self-harm'],
  'self-harm/intent': harmKinds['self-harm'],
  'self-harm/instructions': harmKinds['self-harm'],
  sexual: moderationKinds.sexual,
  'sexual/minors': harmKinds.children,
  violence: harmKinds.violence,
  'violence/graphic': harmKinds.violence,
  hate_and_discrimination: harmKinds.violence,
  violence_and_threats: harmKinds.violence,
  dangerous_and_criminal_content: moderationKinds.crime,
  dangerous: moderationKinds.crime,
  criminal: moderationKinds.crime,
  selfharm: harmKinds['self-harm'],
}

/** Subjects and personal data, which are no harm: what must not leave is looked for by other means. */
const subjects: ReadonlySet<string> = new Set(['health', 'financial', 'law', 'pii'])

/** Undefined for what is no harm; a category nobody has heard of is `harm-other`, so that nothing is passed over. */
export function kindOfCategory(category: string): Kind | undefined {
  if (subjects.has(category)) return undefined
  return Object.hasOwn(kinds, category) ? kinds[category] : moderationKinds.other
}
