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

export type HarmCategory = keyof typeof harmKinds
