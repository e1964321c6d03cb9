/** What content is searched for: words in any order, or a text as it stands. Letters large or small are the same. */
import { z } from 'zod'
import { Refusal } from '#/core/refusal.ts'

export type ContentAsked =
  /** Every word must stand somewhere in the entry, also inside of a longer one. */
  { readonly words: string } | { readonly literal: string }

export const contentShape: z.ZodType<ContentAsked> = z.union([
  z.strictObject({ words: z.string() }),
  z.strictObject({ literal: z.string() }),
])

/** True for an entry of these texts. */
export type MatchContent = (texts: readonly string[]) => boolean

export const contentMaxCharacters = 200
/** Fewer would find nearly everything: that is reading, and no search. */
const contentLeastCharacters = 3

/** Throws `Refusal('request-invalid')` when it is too short or too long. */
export function matchContent(asked: ContentAsked): MatchContent {
  const field = 'words' in asked ? 'words' : 'literal'
  const text = 'words' in asked ? asked.words : asked.literal
  const parts =
    'words' in asked
      ? folded(text)
          .split(/\s+/)
          .filter((word) => word !== '')
      : [folded(text)]
  const longest = Math.max(0, ...parts.map((part) => part.trim().length))
  if (text.length > contentMaxCharacters || longest < contentLeastCharacters) {
    const problem = `it takes ${contentLeastCharacters} to ${contentMaxCharacters} characters`
    throw new Refusal('request-invalid', { field, problem })
  }
  return (texts) => {
    const missing = new Set(parts)
    for (const each of texts) {
      const there = folded(each)
      for (const part of missing) if (there.includes(part)) missing.delete(part)
      if (missing.size === 0) return true
    }
    return false
  }
}

const plain = /^[\x20-\x7e\s]*$/

/** Wide, joined and composed forms of a letter are that letter. */
const folded = (text: string): string =>
  plain.test(text) ? text.toLowerCase() : text.normalize('NFKC').toLowerCase().normalize('NFKC')
