/**
 * Spanish clinical notes. They name dates, ages, relatives and numbers of records, which say who a patient is in a note
 * and nothing in other texts: a tagger of their own reads them, and only them.
 */
import { gaps, kinds, type Tokens } from './tokens.ts'

/** Words of such a note; `paciente` and three more make one. */
const signs = [
  /\b(médico|medico|doctora?|dra?\.)\s/i,
  /\bhistoria clínica\b|\bnhc\b|\bnass\b/i,
  /\bdiagn[oó]stic/i,
  /\bantecedentes\b/i,
  /\btratamiento\b/i,
  /\bingres[oóa]/i,
  /\bexploraci[oó]n\b/i,
  /\bhospital|\bcl[ií]nic/i,
  /\bepisodio\b|\basistencial/i,
]

export const isClinical = (text: string): boolean =>
  /paciente/i.test(text) && signs.filter((sign) => sign.test(text)).length >= 3

/** Everything is looked at; a run ends with its line. */
export function markEverything({ count, isCandidate, gap, kind }: Tokens): boolean {
  isCandidate.fill(1, 0, count)
  // A stop before a new line is no part of anything and parts the lines.
  for (let at = 0; at + 1 < count; at++) {
    if ((gap[at + 1] as number) >= gaps.newline && (kind[at] as number) >= kinds.sign) isCandidate[at] = 0
  }
  return count > 0
}
