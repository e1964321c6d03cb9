import type { Coverage, DocumentCoverage, Guide } from './api.ts'
import { isSameName, linkText, placeText, stateWords } from './api.ts'
import type { PolicyDocument } from './document.ts'

/** Texts of records stand in Markdown as they were written: no mark of theirs becomes one of the page. */
const plain = (text: string): string => text.replace(/[\\`*_[\]<>#|~]/g, '\\$&')
/** As a line of its own, or a cell. */
const inLine = (text: string): string => plain(text).replace(/\s+/g, ' ')

const day = (at: string): string => at.slice(0, 10)

export const guideMarkdown = (guide: Guide): string =>
  [
    '# What may go where',
    '',
    `Made on ${day(guide.at)} from the rules that serve (version ${guide.version}, guide ${guide.hash.slice(0, 16)}). What was found decides the class; nobody has to know it by heart.`,
    '',
    '## Classes, and where everybody may send them',
    '',
    '| Class | Where it may go | What is found that has it |',
    '| --- | --- | --- |',
    ...guide.classes.map(
      ({ class: of, name, holds, goesTo }) =>
        `| ${inLine(isSameName(name, of) ? name : `${name} (${of})`)} | ${goesTo.map(placeText).map(inLine).join('; ') || 'nowhere: ask first'} | ${holds.map(inLine).join('; ') || 'nothing of its own'} |`,
    ),
    '',
    'Use cases with an audience of their own may allow more; they say so where they are chosen.',
    '',
    '## What happens to what is found',
    '',
    ...(guide.rules.length === 0
      ? ['No rule serves: what is found is noted, and goes.']
      : guide.rules.map(
          ({ title, finds, does, also }) =>
            `- **${inLine(title)}**: ${inLine(finds)} ${inLine(does)}${also.length === 0 ? '' : ` (${also.map(inLine).join('; ')})`}.`,
        )),
    '',
    `## From our own cases, ${day(guide.since)} to ${day(guide.until)}`,
    '',
    ...(guide.found.length === 0
      ? [`Nothing was changed for ${guide.fewestPeople} people or more.`]
      : guide.found.map(
          ({ placeholder, does, values, exchanges }) =>
            `- ${plain(placeholder)} ${does}: ${values} values in ${exchanges} exchanges.`,
        )),
    '',
    `Kinds found with fewer than ${guide.fewestPeople} people are left out. No value stands here.`,
    '',
    '## Whom to ask',
    '',
    ...(guide.documents.length === 0
      ? ['No policy document serves yet.']
      : guide.documents.map(
          ({ title, version, owner }) => `- ${inLine(title)}, version ${version}: ${inLine(owner)}`,
        )),
    '',
  ].join('\n')

/** One document with what keeps each clause, as it is shown and printed. */
export const documentMarkdown = (document: DocumentCoverage, counted: Coverage): string =>
  [
    `# ${inLine(document.title)}`,
    '',
    `${document.serves ? `Version ${document.version} serves` : `Version ${document.version} waits: nothing of it serves`}, hash ${document.hash.slice(0, 16)}. Owner: ${inLine(document.owner)}.`,
    '',
    plain(document.purpose),
    '',
    ...document.clauses.flatMap(({ id, title, text, state, links }) => [
      `## ${inLine(title)} (${id})`,
      '',
      plain(text),
      '',
      ...(links.length === 0
        ? []
        : [...links.map((link) => `- ${inLine(linkText(link, counted.days))}`), '']),
      `*${stateWords[state]}*`,
      '',
    ]),
  ].join('\n')

/** A document nobody has written down as a record yet. */
export const templateMarkdown = (title: string, { purpose, clauses }: PolicyDocument): string =>
  [
    `# ${inLine(title)}`,
    '',
    plain(purpose),
    '',
    ...clauses.flatMap((clause) => [`## ${inLine(clause.title ?? clause.id)}`, '', plain(clause.text), '']),
  ].join('\n')
