import type { Kind } from '../api.ts'

/**
 * Requests for harm, as kinds rules can name. Of class public: they say nothing about how secret a text is. A grammar of
 * English requests only: it tells asking for a weapon from asking about one, and knows no other language.
 */
const kind = (type: string, label: string) =>
  ({
    type,
    family: 'other',
    class: 'public',
    label,
    proof: 'a request and its object together, in English',
    source: 'own grammar of requests',
  }) as const satisfies Kind & { readonly proof: string; readonly source: string }

export const harmKinds = {
  weapons: kind('harm-weapons', 'request for a weapon or a drug'),
  'self-harm': kind('harm-self', 'mention of self-harm'),
  malware: kind('harm-malware', 'request for malicious software'),
  children: kind('harm-children', 'sexual request about children'),
  violence: kind('harm-violence', 'request for violence or hatred'),
}

/** Found by a moderation model alone, in any language it knows; it finds those above, too. */
const moderated = (type: string, label: string) => ({
  ...kind(type, label),
  proof: 'a moderation model says so',
  source: 'the moderation model the settings name',
})

export const moderationKinds = {
  crime: moderated('harm-crime', 'request for help with a crime'),
  harassment: moderated('harm-harassment', 'harassment'),
  sexual: moderated('harm-sexual', 'sexual content'),
  /** What a model flags and nobody has given a kind yet. */
  other: moderated('harm-other', 'harmful content'),
}

const ofModeration: ReadonlySet<string> = new Set(Object.values(moderationKinds).map(({ type }) => type))

/** Found where the settings name a moderation model, and nowhere else. */
export const isOfModeration = (type: string): boolean => ofModeration.has(type)

export type HarmCategory = keyof typeof harmKinds
