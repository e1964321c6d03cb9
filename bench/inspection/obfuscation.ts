import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { createInspector, scoreInjection } from '#/inspect/index.ts'
import { readings } from '#/inspect/views.ts'
import { atLeast, atMost, type Figure, told } from '../figure.ts'
import { encoders } from './encoders.ts'

/** So many attacks, in equal shares of every source as far as it has them. */
const mostAttacks = 1_500
/** Longer ones are conversations; nobody spells these in single letters. */
const longestAttack = 2_000

const goals: Readonly<Record<string, number | undefined>> = {
  'spaced letters': 0.8,
  leet: 0.8,
  typos: undefined,
}
const usualGoal = 0.95

/**
 * What obfuscation costs: of the attacks the score flags in clear, and of values the rules find in clear, the share
 * found when written in another way; and ordinary texts that are only flagged because of what was decoded in them.
 * The encoders are our own, so the shares are an upper bound. About half a minute.
 */
export async function obfuscationFigures(corporaFolder: string): Promise<Figure[]> {
  const rows = await readRows(corporaFolder)
  return [...attackFigures(rows), ...benignFigures(rows), ...valueFigures()]
}

interface Row {
  readonly src: string
  readonly label: 0 | 1
  readonly kind: string
  readonly text: string
}

async function readRows(folder: string): Promise<readonly Row[]> {
  const packed = await readFile(join(folder, 'injection', 'dev.jsonl.gz'))
  return gunzipSync(packed)
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row)
}

const isFlagged = (text: string): boolean => scoreInjection(text).verdict !== 'none'

function attackFigures(rows: readonly Row[]): readonly Figure[] {
  const attacks = sampled(rows.filter(({ label, text }) => label === 1 && text.length <= longestAttack))
  const figures: Figure[] = [told('attacks flagged in clear, of a sample', attacks.length, '')]
  for (const { name, encode } of encoders) {
    const found = attacks.filter((text, index) => isFlagged(encode(text, index))).length
    figures.push(figureOf(`attacks found in ${name}`, found / attacks.length, name))
  }
  return figures
}

function figureOf(label: string, share: number, name: string): Figure {
  const goal = name in goals ? goals[name] : usualGoal
  return goal === undefined ? told(label, share, '') : atLeast(label, share, '', goal)
}

/** Flagged attacks, turn by turn one of each source. */
function sampled(rows: readonly Row[]): readonly string[] {
  const left = [...Map.groupBy(rows, ({ src }) => src).values()].map((list) => list.values())
  const taken: string[] = []
  while (left.length > 0 && taken.length < mostAttacks) {
    for (let at = left.length - 1; at >= 0; at--) {
      const flagged = left[at]?.find(({ text }) => isFlagged(text))
      if (flagged === undefined) left.splice(at, 1)
      else taken.push(flagged.text)
    }
  }
  return taken
}

/** Rows that speak about prompts and attacks are flagged or not for other reasons. */
const isOrdinary = ({ label, kind }: Row): boolean => label === 0 && !kind.startsWith('hardneg')

/** A text whose readings are all its own cannot be flagged because of them. */
function benignFigures(rows: readonly Row[]): readonly Figure[] {
  const ordinary = rows.filter(isOrdinary)
  let decoded = 0
  let added = 0
  for (const { text } of ordinary) {
    const all = readings(text, { forInjection: true })
    if (all.length === 1 && all[0]?.text === text) continue
    decoded++
    if (isFlagged(text) && !isFlagged(readableOf(text))) added++
  }
  return [
    told('ordinary texts', ordinary.length, ''),
    told('ordinary texts with more than one reading', decoded, ''),
    atMost('ordinary texts flagged only for what was decoded', added, '', 0),
  ]
}

/** The text without anything that could be decoded: every sign of an encoding and every disguise is gone. */
const readableOf = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[%&\\=]/g, ' ')
    .replace(/[A-Za-z0-9+/_-]{32,}/g, ' ')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')

const values: readonly (readonly [string, (index: number) => string])[] = [
  ['payment-card', (index) => cardOf(index)],
  ['email', (index) => `reader${index}@example.com`],
  ['aws-access-key', (index) => `AKIA${keyOf(index)}`],
]

const valuesOfEach = 100

function valueFigures(): readonly Figure[] {
  const { inspect } = createInspector({ terms: [] })
  return encoders.flatMap(({ name, encode, isOfWords }) =>
    values.map(([type, valueAt]) => {
      let found = 0
      for (let index = 0; index < valuesOfEach; index++) {
        const text = encode(
          `Please keep this for the next call: ${valueAt(index)} and tell nobody about it.`,
          index,
        )
        if (inspect(`Decode: ${text}`, 'user').some((finding) => finding.type === type)) found++
      }
      const label = `${type} found in ${name}`
      const share = found / valuesOfEach
      return isOfWords === true ? told(label, share, '') : atLeast(label, share, '', usualGoal)
    }),
  )
}

/** Sixteen digits that begin with 4 and have a valid Luhn sum. */
function cardOf(index: number): string {
  const digits = `4${String(index * 7_919 + 1_000_003).padStart(14, '5')}`
  let sum = 0
  for (const [at, digit] of [...digits].entries()) {
    const doubled = Number(digit) * (at % 2 === 0 ? 2 : 1)
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return `${digits}${(10 - (sum % 10)) % 10}`
}

const keyAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

const keyOf = (index: number): string =>
  Array.from({ length: 16 }, (_, at) => keyAlphabet[(index * 31 + at * at * 7 + at * 11) % 32]).join('')
