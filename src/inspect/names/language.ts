/**
 * Whether a place in a text is German, where every noun has a capital: what says 'name' elsewhere says little there.
 * Counted over the words around it, so that a text may change its language.
 */
import { hashWord, kinds, type Tokens } from './tokens.ts'

const germanWords = new Set(
  (
    'der das und ist nicht ein eine einen einem einer eines mit von auf dem den des im zum zur sich auch wird werden ' +
    'wurde wurden bei nach aus als dass sind hat haben ich wir sie er es ihr sein seine seiner durch wie oder aber noch ' +
    'nur bis vom wenn kann bitte fuer für über gegen unter zwischen während seit'
  )
    .split(' ')
    .map(hashWord),
)

/** Says no at once for most words. */
const filterSize = 4_096
const filter = new Uint8Array(filterSize)
for (const hash of germanWords) filter[hash & (filterSize - 1)] = 1

/** Words on each side that are counted. */
const reach = 15

/** Writes 0 (none of them around), 1 (one) or 2 (more) for each token. */
export function markGerman({ count, word, kind, german }: Tokens): void {
  const isGerman = (at: number): number => {
    if (at < 0 || at >= count || (kind[at] as number) > kinds.capital) return 0
    const hash = word[at] as number
    return filter[hash & (filterSize - 1)] === 1 && germanWords.has(hash) ? 1 : 0
  }
  let around = 0
  for (let at = 0; at < reach; at++) around += isGerman(at)
  for (let at = 0; at < count; at++) {
    around += isGerman(at + reach) - isGerman(at - reach - 1)
    german[at] = Math.min(2, around)
  }
}
