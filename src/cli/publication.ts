import type {
  Check,
  Difference,
  PublicationPage,
  PublicationView,
  Published,
} from '#/snapshot/publications/api.ts'
import { askedBy, callSallyport } from './call-sallyport.ts'
import { type Asked, type Command, exitCodes, needOption, UsageError } from './command.ts'
import { checkLines, differenceLines, pageLines, summaryLine } from './publication-lines.ts'

const readPage = async ({ world }: Asked): Promise<PublicationPage> =>
  (await callSallyport(world, 'publication.list', { by: askedBy() })) as PublicationPage

export const publicationList: Command = {
  usage: '',
  about: 'Shows which publication serves, what waits for one, and the last fifty, newest first.',
  options: {},
  words: [0, 0],
  run: async (asked) => {
    const page = await readPage(asked)
    await asked.tell(page, pageLines(page).join('\n'))
    return exitCodes.ok
  },
}

export const publicationShow: Command = {
  usage: 'NUMBER',
  about: 'Shows what a publication added, changed and took away, with each rule before and after.',
  options: {},
  words: [1, 1],
  run: async (asked) => {
    const view = (await callSallyport(asked.world, 'publication.show', {
      number: numberIn(asked.words[0]),
    })) as PublicationView
    await asked.tell(view, [summaryLine(view), ...differenceLines(view.difference)].join('\n'))
    return exitCodes.ok
  },
}

export const publicationDiff: Command = {
  usage: 'FROM TO',
  about: 'Shows what serves differently by one publication than by another.',
  options: {},
  words: [2, 2],
  run: async (asked) => {
    const [from, to] = asked.words
    const question = { from: numberIn(from), to: numberIn(to) }
    const difference = (await callSallyport(asked.world, 'publication.diff', question)) as Difference
    await asked.tell(difference, differenceLines(difference).join('\n'))
    return exitCodes.ok
  },
}

export const publicationCheck: Command = {
  usage: '',
  about:
    'Compiles what waits, or what serves when nothing does, runs its rule tests and its linter, and tells what it finds. Exit code 1 when something stops a publication, or would.',
  options: {},
  words: [0, 0],
  run: async (asked) => {
    const { waiting, check: serving } = await readPage(asked)
    const check = waiting?.check ?? serving
    const what = waiting === null ? 'what serves' : 'what waits'
    await asked.tell({ what, ...check }, [`Of ${what}:`, ...checkLines(check)].join('\n'))
    return hasErrors(check) ? exitCodes.refused : exitCodes.ok
  },
}

export const publicationPublish: Command = {
  usage: '--digest DIGEST --reason TEXT',
  about:
    'Publishes what waits, as "publication list" showed it. Where two people publish, that is done on the page.',
  options: {
    digest: { value: 'DIGEST', about: 'of what waits: if it has changed since, nothing is published' },
    reason: { value: 'TEXT', about: 'why it may serve; kept sealed in the log' },
  },
  words: [0, 0],
  run: async (asked) => {
    const question = { digest: needOption(asked, 'digest'), reason: needOption(asked, 'reason') }
    return tellPublished(asked, await write(asked, 'publication.publish', question))
  },
}

export const publicationRollback: Command = {
  usage: '--reason TEXT',
  about:
    'Lets the version before serve again at once, but for what was stopped, suspended or has ended since. Nothing is published by itself until somebody publishes.',
  options: { reason: { value: 'TEXT', about: 'why; kept sealed in the log' } },
  words: [0, 0],
  run: async (asked) =>
    tellPublished(asked, await write(asked, 'publication.rollback', { reason: needOption(asked, 'reason') })),
}

const write = async ({ world }: Asked, name: string, asked: object): Promise<Published> =>
  (await callSallyport(world, name, { by: askedBy(), asked })) as Published

async function tellPublished(asked: Asked, published: Published): Promise<number> {
  const { publication } = published
  await asked.tell(
    published,
    publication === null ? 'Asked: another person must agree.' : summaryLine(publication),
  )
  return exitCodes.ok
}

const hasErrors = ({ doesNotCompile, failures, findings }: Check): boolean =>
  doesNotCompile !== null || failures.length > 0 || findings.some(({ severity }) => severity === 'error')

function numberIn(text = ''): number {
  if (!/^[1-9]\d{0,9}$/.test(text)) throw new UsageError('a publication is a whole number from 1 on')
  return Number(text)
}
