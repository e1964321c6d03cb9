import { open } from 'node:fs/promises'
import { printable } from '#/audit/printable.ts'
import type { Coverage, DocumentCoverage, Guide } from '#/register/documents/api.ts'
import { linkText, stateWords } from '#/register/documents/api.ts'
import { documentMarkdown, guideMarkdown } from '#/register/documents/markdown.ts'
import { callSallyport } from './call-sallyport.ts'
import { type Asked, type Command, exitCodes, needOption, UsageError } from './command.ts'

const out = { value: 'FILE', about: 'write it to a new file instead of standard output' }
const days = { value: 'DAYS', about: 'so many days back; 30 when not given' }

export const policyShow: Command = {
  usage: 'ID [--days 30] [--out FILE]',
  about:
    'Shows the document of a policy as Markdown: each clause, what keeps it, and how often that acted. What serves is shown; where nothing serves, what waits.',
  options: { days, out },
  words: [1, 1],
  run: async (asked) => {
    const [policy = ''] = asked.words
    const coverage = await ask(asked, { policy })
    const [document] = coverage.documents
    if (document === undefined) throw new Error('a document was found and not told')
    return tellText(asked, coverage, documentMarkdown(document, coverage))
  },
}

export const policyCoverage: Command = {
  usage: '[ID] [--days 30]',
  about:
    'Tells for each clause of the policies what keeps it, how often that acted in the last days and of how many, and which clauses are promises only.',
  options: { days },
  words: [0, 1],
  run: async (asked) => {
    const [policy] = asked.words
    const coverage = await ask(asked, policy === undefined ? {} : { policy })
    await asked.tell(coverage, coverageText(coverage))
    return exitCodes.ok
  },
}

export const policyGuide: Command = {
  usage: '[--out FILE]',
  about:
    'Writes the one-page classification guide as Markdown, made from the rules that serve now: classes, where each may go, what happens to what is found. No value that was found stands in it.',
  options: { out },
  words: [0, 0],
  run: async (asked) => {
    const guide = (await callSallyport(asked.world, 'policy.guide', {})) as Guide
    return tellText(asked, guide, guideMarkdown(guide))
  },
}

export const policyAcceptableUse: Command = {
  usage: '--owner EMAIL [--draft] [--out FILE]',
  about:
    'Writes a template of an acceptable use policy as Markdown, its clauses linked to the rules that serve. With --draft a record file for "apply"; what is applied waits for its approval.',
  options: {
    owner: { value: 'EMAIL', about: 'who answers for it, and is asked' },
    draft: { about: 'as a record file instead' },
    out,
  },
  words: [0, 0],
  run: async (asked) => {
    const owner = needOption(asked, 'owner')
    const told = (await callSallyport(asked.world, 'policy.acceptable-use', { owner })) as {
      readonly markdown: string
      readonly draft: string
    }
    return tellText(asked, told, asked.isSet('draft') ? told.draft : told.markdown)
  },
}

async function ask(asked: Asked, more: { readonly policy?: string }): Promise<Coverage> {
  const written = asked.option('days')
  if (written !== undefined && !/^\d{1,3}$/.test(written))
    throw new UsageError('--days must be a whole number of days, 400 at most')
  const question = { ...more, ...(written === undefined ? {} : { days: Number(written) }) }
  return (await callSallyport(asked.world, 'policy.coverage', question)) as Coverage
}

/** To a file that is not there yet, or to standard output. */
async function tellText(asked: Asked, json: unknown, text: string): Promise<number> {
  const path = asked.option('out')
  if (path === undefined) {
    await asked.tell(json, text.trimEnd())
    return exitCodes.ok
  }
  const file = await open(path, 'wx')
  try {
    await file.writeFile(text)
  } finally {
    await file.close()
  }
  await asked.tell(json, `Written to ${path}`)
  return exitCodes.ok
}

export function coverageText(coverage: Coverage): string {
  const { documents, since, until, isCut, exchanges, requests, blind } = coverage
  if (documents.length === 0)
    return 'No policy has a document. "sallyport policy acceptable-use --draft" writes one to begin with.'
  return [
    `${since.slice(0, 10)} to ${until.slice(0, 10)}: ${exchanges} exchanges came to the rules, of ${requests} requests.`,
    ...(isCut ? ['There was more in the log: the newest were counted.'] : []),
    ...documents.flatMap((document) => ['', ...documentLines(document, coverage.days)]),
    '',
    'Not counted:',
    ...blind.map((each) => `  ${each}`),
  ].join('\n')
}

function documentLines(
  { policy, title, version, serves, clauses, promises }: DocumentCoverage,
  span: number,
) {
  return [
    `${printable(title)} (${policy}), version ${version}${serves ? '' : ', waits'}: ${promises.length} of ${clauses.length} clauses are promises only.`,
    ...clauses.flatMap(({ id, state, links }) => [
      `  ${id}: ${stateWords[state]}`,
      ...links.map((link) => `      ${printable(linkText(link, span))}`),
    ]),
  ]
}
