/** The values settings are made of, each with the sentence that says what would be right. */
import { z } from 'zod'
import { readNetwork } from '#/core/network.ts'
import { problemOfHostHeader, problemOfUrl } from './address.ts'
import { isCredentialReference, isFileReference, isVaultReference } from './credentials.ts'

/** One sentence says what would be right, whatever is wrong; the value stays out of it. */
export const must = (what: string) => ({
  error: (issue: { readonly code?: string; readonly input?: unknown }) => {
    if (issue.code === 'unrecognized_keys') return undefined
    return issue.input === undefined ? `is missing; it must be ${what}` : `must be ${what}`
  },
})

export const wholeNumber = (least: number, most: number, unit: string) => {
  const right = must(`a whole number from ${least} to ${most} (${unit})`)
  return z.int(right).min(least, right).max(most, right)
}

export const textMatching = (pattern: RegExp, what: string) => z.string(must(what)).regex(pattern, must(what))

/** Text for which `problemOf` finds nothing to say. */
export const textWithout = (problemOf: (value: string) => string | undefined, what: string) =>
  z.string(must(what)).superRefine((value, context) => {
    const problem = problemOf(value)
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem })
  })

export const path = textMatching(/^[^\0\r\n]{1,1000}$/, 'a path')
export const email = textMatching(
  /^[^\s@]{1,64}@[^\s@.]+(\.[^\s@.]+)+$/,
  'an e-mail address such as ada@example.com',
).max(254, must('an e-mail address of at most 254 characters'))
export const displayName = textMatching(/^[^\p{Cc}]{1,100}$/u, 'a name of at most 100 characters on one line')

export const credential = z
  .string(must('a reference: env:NAME or file:/path'))
  .refine(isCredentialReference, {
    error:
      'must be a reference, env:NAME or file:/path, and never the secret itself: put the secret into an environment variable or a file, and change it if it has been shared with this file',
  })

/** What a provider is shown. */
export const providerCredential = z
  .string(must('a reference: env:NAME, file:/path or vault:PATH#FIELD'))
  .refine((value) => isCredentialReference(value) || isVaultReference(value), {
    error:
      'must be a reference, env:NAME, file:/path or vault:PATH#FIELD, and never the secret itself: put the secret into an environment variable, a file or a vault, and change it if it has been shared with this file',
  })

export const hostHeader = textWithout(problemOfHostHeader, 'a name such as ai.example.com:8443')

/** `everybody` says what would be wrong with a network that holds every address. */
export const networkBut = (everybody: string) =>
  z.string(must('a network such as 10.0.0.0/8, or an address')).superRefine((value, context) => {
    const read = readNetwork(value)
    if (read === undefined) {
      context.addIssue({ code: 'custom', message: 'must be a network such as 10.0.0.0/8, or an address' })
    } else if (read.length === 0) {
      context.addIssue({ code: 'custom', message: `names every address there is, ${everybody}` })
    }
  })

export const network = networkBut('so that anybody could claim to be anybody; name the proxies')

export const httpsUrl = textWithout(problemOfUrl, 'an address such as https://api.example.com/v1')

/** Many lines, as a key in PEM has, do not fit into a variable. */
export const secretFile = z.string(must('a reference: file:/path')).refine(isFileReference, {
  error: 'must be a reference to a file, file:/path, and never the key itself',
})
