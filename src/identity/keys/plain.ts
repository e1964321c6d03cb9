import { Refusal } from '#/core/refusal.ts'

/** What names something: one line, of so many characters. Throws `request-invalid`. */
export function readPlain(field: string, text: string | undefined, maxLength: number): string | undefined {
  if (text === undefined) return undefined
  if (text.length <= maxLength && !/\p{Cc}/u.test(text)) return text
  throw new Refusal('request-invalid', {
    field,
    problem: `it must be one line of at most ${maxLength} characters`,
  })
}
