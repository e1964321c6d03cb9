import { printable } from '#/audit/printable.ts'
import type { PersonAccess, Reach } from '#/identity/access/api.ts'
import { callSallyport } from './call-sallyport.ts'
import { type Command, exitCodes, UsageError } from './command.ts'
import { wayLine } from './grant-lines.ts'

const questions = [
  ['offering', 'offering'],
  ['use-case', 'useCase'],
  ['person', 'person'],
] as const

export const accessExplain: Command = {
  usage: '(--offering ID | --use-case ID | --person EMAIL)',
  about:
    'Tells who reaches an offering or a use case and on which way, or what a person has and reaches, and why not the rest. Exit code 1 when nobody, or nothing, is reached.',
  options: {
    offering: { value: 'ID', about: 'who reaches this offering' },
    'use-case': { value: 'ID', about: 'who reaches this use case' },
    person: { value: 'EMAIL', about: 'what this person reaches' },
  },
  words: [0, 0],
  run: async (asked) => {
    const named = questions.filter(([option]) => asked.option(option) !== undefined)
    const [question] = named
    if (question === undefined || named.length > 1)
      throw new UsageError('give one of --offering, --use-case and --person')
    const [option, field] = question
    const told = (await callSallyport(asked.world, 'access.explain', {
      [field]: asked.option(option),
    })) as PersonAccess | Reach
    const [lines, isAny] = 'useCases' in told ? personLines(told) : reachLines(told)
    await asked.tell(told, lines.join('\n'))
    return isAny ? exitCodes.ok : exitCodes.refused
  },
}

function personLines({ person, roles, useCases }: PersonAccess): readonly [readonly string[], boolean] {
  return [
    [
      printable(`${person.email}: ${person.roles.join(', ')}`),
      ...roles.flatMap(({ ways }) => ways.map((way) => `  ${wayLine(way)}`)),
      ...useCases.flatMap(({ id, isOpen, why, ways, denials, offerings }) => [
        printable(`${isOpen ? 'open  ' : 'closed'}  ${id}`),
        ...(isOpen ? ways.map((way) => `  ${wayLine(way)}`) : [printable(`  ${why}`)]),
        ...denials.slice(1).map((way) => `  denied, too: ${wayLine(way)}`),
        ...(isOpen
          ? [
              printable(
                `  reaches ${offerings.map((each) => (each.isDenied ? `${each.id} (DENIED)` : each.id)).join(', ') || 'no offering'}`,
              ),
            ]
          : []),
      ]),
    ],
    useCases.some(({ isOpen }) => isOpen),
  ]
}

function reachLines(reach: Reach): readonly [readonly string[], boolean] {
  const { what, id, people, peopleTogether, denied, deniedTogether } = reach
  const more = (shown: number, together: number): readonly string[] =>
    together > shown ? [`and ${together - shown} more`] : []
  return [
    [
      printable(`${what} ${id}: reached by ${peopleTogether}, kept out ${deniedTogether}`),
      ...people.flatMap(({ ways }) => ways.map((way) => `  ${wayLine(way)}`)),
      ...more(people.length, peopleTogether),
      ...denied.flatMap(({ denials }) => denials.map((way) => `  denied: ${wayLine(way)}`)),
      ...more(denied.length, deniedTogether),
    ],
    peopleTogether > 0,
  ]
}
