import type {
  Comparison,
  EndingFact,
  FactView,
  OfferingLine,
  OfferingView,
} from '#/register/catalogue/api.ts'

const idWidth = 36
const nameWidth = 18
/** Of a column of a comparison: two of them and the names fit in 120 columns. */
const columnWidth = 48

export function formatList(register: readonly OfferingLine[], catalogue: readonly OfferingLine[]): string {
  const own =
    register.length === 0 ? [] : ['In the register:', ...register.map((each) => `  ${listed(each)}`), '']
  return [...own, 'In the catalogue:', ...catalogue.map((each) => `  ${listed(each)}`)].join('\n')
}

function listed({ id, ceiling, title, conflicts }: OfferingLine): string {
  const differ = conflicts === 0 ? '' : ` (sources differ on ${conflicts})`
  return `${id.padEnd(idWidth)} ${(ceiling ?? 'nothing').padEnd(13)} ${title}${differ}`
}

export function formatOffering(view: OfferingView): string {
  const { title, id, from, platform, models, setting, deployment, notes, facts } = view
  const scope = Object.entries({ platform, models, setting, deployment }).flatMap(([name, value]) =>
    value === null ? [] : [`  ${name.padEnd(nameWidth)} ${value}`],
  )
  return [
    `${title} (${from}:${id})`,
    ...scope,
    ...notes.map((note) => `  ${'note'.padEnd(nameWidth)} ${note}`),
    '',
    'Facts:',
    ...Object.entries(facts).flatMap(([name, fact]) => [
      `  ${name.padEnd(nameWidth)} ${cell(fact)}`,
      `  ${''.padEnd(nameWidth)} ${fact.by}, ${fact.source}, as of ${fact.asOf}${untilText(fact)}`,
      ...conflictLines(fact).map((each) => `  ${''.padEnd(nameWidth)} ${each}`),
    ]),
    '',
    ...ceilingLines(view),
  ].join('\n')
}

export function formatComparison({ a, b, facts }: Comparison): string {
  const row = (mark: string, name: string, one: string, other: string): string[] => {
    const [left, right] = [wrap(one), wrap(other)]
    return Array.from({ length: Math.max(left.length, right.length) }, (_, index) =>
      `${index === 0 ? mark : ' '} ${(index === 0 ? name : '').padEnd(nameWidth)} ${(left[index] ?? '').padEnd(columnWidth)}  ${right[index] ?? ''}`.trimEnd(),
    )
  }
  const differing = [a, b].flatMap((view) =>
    Object.entries(view.facts).flatMap(([name, fact]) =>
      conflictLines(fact).map((each) => `  ${view.from}:${view.id}, ${name}: ${each}`),
    ),
  )
  return [
    ...row(' ', '', `${a.from}:${a.id}`, `${b.from}:${b.id}`),
    ...row(' ', '', a.title, b.title),
    ...facts.flatMap(({ name, differs }) =>
      row(differs ? '*' : ' ', name, cell(a.facts[name]), cell(b.facts[name])),
    ),
    ...row(
      a.ceiling.class === b.ceiling.class ? ' ' : '*',
      'carries at most',
      a.ceiling.class ?? 'nothing',
      b.ceiling.class ?? 'nothing',
    ),
    ...(differing.length === 0 ? [] : ['', 'Where sources differ:', ...differing]),
    ...[a, b].flatMap((view) => ['', `${view.from}:${view.id}`, ...ceilingLines(view)]),
  ].join('\n')
}

export function formatEnding(facts: readonly EndingFact[], days: number): string {
  if (facts.length === 0) return `No fact of an offering that serves ends within ${days} days.`
  return facts
    .map(
      ({ offering, fact, until, hasEnded, isToldOnly }) =>
        `${offering.padEnd(idWidth)} ${fact.padEnd(nameWidth)} ${endWords(fact, hasEnded, isToldOnly)} ${until}`,
    )
    .join('\n')
}

function endWords(fact: EndingFact['fact'], hasEnded: boolean, isToldOnly: boolean): string {
  if (!isToldOnly) return hasEnded ? 'ended after' : 'ends after'
  const what = fact === 'selfHosted.patchedOn' ? 'patches' : 'document'
  return `${what} old after`
}

const cell = (fact: FactView | undefined): string =>
  fact === undefined ? 'unknown' : `${said(fact.is)}${fact.hasEnded ? ' (ended: counts as unknown)' : ''}`

const said = (is: FactView['is']): string => (typeof is === 'object' ? is.join(', ') || 'none' : String(is))

const untilText = ({ until }: FactView): string => (until === null ? '' : `, until ${until}`)

function conflictLines({ is, conflicts, because }: FactView): readonly string[] {
  if (conflicts.length === 0) return []
  const others = conflicts.map(({ is: other, source, asOf }) => `${said(other)} by ${source} on ${asOf}`)
  return [`${said(is)} here; ${others.join('; ')}. ${because ?? ''}`.trimEnd()]
}

const ceilingLines = ({ ceiling }: OfferingView): readonly string[] => [
  `Carries at most: ${ceiling.class ?? 'nothing'}`,
  ...ceiling.reasons.map((reason) => `  ${reason}`),
]

/** Lines no wider than a column; a word that is wider stands alone. */
function wrap(text: string): readonly string[] {
  const lines = ['']
  for (const word of text.split(' ')) {
    const last = lines.at(-1)!
    if (last === '') lines[lines.length - 1] = word
    else if (last.length + 1 + word.length <= columnWidth) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}
