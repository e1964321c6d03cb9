import { printable } from '#/audit/printable.ts'
import type {
  Check,
  Difference,
  ItemChange,
  PublicationPage,
  PublicationSummary,
  RuleChange,
} from '#/snapshot/publications/api.ts'

/** Publications as lines of a terminal. */

export function pageLines(page: PublicationPage): readonly string[] {
  const { mode, secondPerson, serving, isHeld, trouble, waiting, publications } = page
  const published = mode === 'automatic' ? 'automatically' : secondPerson ? 'by two people' : 'by a person'
  return [
    `Publication ${serving} serves. What is approved is published ${published}.`,
    ...(isHeld ? ['A step back was made: nothing is published until somebody does.'] : []),
    ...(trouble === null ? [] : [trouble]),
    ...(waiting === null
      ? ['Nothing that is approved waits to be published.']
      : [
          `Waits, digest ${waiting.digest}:`,
          ...differenceLines(waiting.difference),
          ...checkLines(waiting.check),
          ...(waiting.asked === null
            ? []
            : [printable(`  ${waiting.asked.by} asked to publish it at ${waiting.asked.at}.`)]),
        ]),
    '',
    ...publications.map(summaryLine),
  ]
}

export function summaryLine(summary: PublicationSummary): string {
  const { number, cause, at, by, second, reason, counts } = summary
  const who = by === null ? '' : ` by ${by}${second === null ? '' : ` and ${second}`}: ${reason}`
  return printable(
    `${number}  ${at}  ${cause}  +${counts.added} ~${counts.changed} -${counts.takenAway}${who}`,
  )
}

export function differenceLines(difference: Difference): readonly string[] {
  const { added, changed, takenAway, rules, moreRules } = difference
  const lines = [
    ...added.map((each) => `  + ${changeWords(each)}`),
    ...changed.map((each) => `  ~ ${changeWords(each)}`),
    ...takenAway.map((each) => `  - ${changeWords(each)}`),
    ...rules.flatMap(ruleLines),
    ...(moreRules === 0 ? [] : [`  and ${moreRules} rules more`]),
  ]
  return lines.length === 0 ? ['  no difference'] : lines
}

function changeWords({ kind, id, from, to, fields }: ItemChange): string {
  const what = fields.length === 0 ? '' : ` (${fields.join(', ')})`
  if (from === null) return `${kind} ${id}, version ${to}`
  if (to === null) return `${kind} ${id}, version ${from}`
  return from === to
    ? `${kind} ${id}, version ${to}, by another approval`
    : `${kind} ${id}, version ${from} to ${to}${what}`
}

const ruleLines = ({ is, id, in: place, before, after }: RuleChange): readonly string[] => [
  `    ${is} ${id} of ${place}`,
  ...(before === null ? [] : [printable(`      before ${JSON.stringify(before)}`)]),
  ...(after === null ? [] : [printable(`      after  ${JSON.stringify(after)}`)]),
]

export function checkLines({ doesNotCompile, failures, tests, findings }: Check): readonly string[] {
  const errors = findings.filter(({ severity }) => severity === 'error').length
  return [
    ...(doesNotCompile === null ? [] : [printable(`  does not compile: ${doesNotCompile}`)]),
    ...failures.map(({ policy, id, title, expected, came }) =>
      printable(`  red: test ${id} of ${policy} (${title}): expected ${expected}, came ${came}`),
    ),
    ...findings.flatMap(({ severity, code, sentence, why, remedy }) => [
      printable(`  ${severity} ${code}: ${sentence}`),
      printable(`    ${why} ${remedy}`),
    ]),
    `  ${tests} rule tests, ${failures.length} red; ${errors} errors and ${findings.length - errors} warnings of the linter`,
  ]
}
