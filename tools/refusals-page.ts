// Writes docs/guide/refusals.md from the catalogue: node_modules/.bin/node tools/refusals-page.ts
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { refusalFamilies } from '#/core/refusal.ts'
import type { Entry, Facts } from '#/core/refusals/entry.ts'

export const refusalsPageFile = join(import.meta.dirname, '..', 'docs', 'guide', 'refusals.md')

export const refusalsPage = (): string => `# Refusals

Whatever Sallyport refuses it refuses with a code, a sentence and what works now. Programs read the code, which does not
change; people read the rest. In the dialect of OpenAI and in answers of Sallyport itself the code is \`error.code\`, in that of
Anthropic \`error.details.error_code\`; \`error.message\` holds the sentence, and \`error.remedies\` what works now, each with an \`id\`
and a \`text\`. An exchange that was refused has its entry in [the log](../operate/log.md), too.

What stands in ‹ › is said for the case at hand. Of what works only what works in that case is named.

Made by \`tools/refusals-page.ts\` from \`src/core/refusals/\`.
${refusalFamilies.map(([title, entries]) => `\n${sectionOf(title, entries)}`).join('')}`

const sectionOf = (title: string, entries: Readonly<Record<string, Entry>>): string =>
  `## ${title}

| Code | Status | Sentence | What works |
| --- | --- | --- | --- |
${Object.entries(entries).map(rowOf).join('')}`

const rowOf = ([code, entry]: readonly [string, Entry]): string =>
  `| \`${code}\` | ${entry.status} | ${cell(entry.sentence(factsOf({})))} | ${remediesOf(entry).map(cell).join('<br>')} |\n`

const cell = (text: string): string => text.replaceAll('|', '\\|')

/** Circumstances in which other things work; with a fact of its own a refusal adds a line here. */
const circumstances: readonly Facts[] = [
  { autoWorks: true, mayMask: true },
  {},
  { isAnswer: true },
  { isTask: true },
  { isOfKey: true },
  { isDefault: true },
  { isLimited: true },
  { scope: 'tool' },
  { scope: 'key' },
  { state: 'waiting' },
  { why: 'use-case' },
  { why: 'account' },
  { types: undefined },
  { header: 'Host' },
  { path: '/v1/responses' },
  { mediaType: 'unknown type' },
  { field: 'store' },
  { field: 'file_id' },
]

const remediesOf = ({ remedies }: Entry): readonly string[] => [
  ...new Set(
    circumstances.flatMap((facts) =>
      remedies(factsOf(facts)).map(({ id, text }) => `\`${id}\`: ${withoutField(text, facts)}`),
    ),
  ),
]

/** A remedy that only repeats the field is the same whatever the field is. */
const withoutField = (text: string, { field }: Facts): string => text.replaceAll(`"${field}"`, '"‹field›"')

/** Facts that are no text where they are used. */
const examples: Facts = {
  limitUsd: 400,
  leftUsd: 12.5,
  needsUsd: 15,
  notices: ['‹notice›'],
  acknowledge: ['‹notice›'],
}

/** Each fact is its own name, spelled out, unless it is given or has an example. */
const factsOf = (given: Facts): Facts =>
  new Proxy<Facts>(
    {},
    {
      get: (_, name: string) => {
        if (Object.hasOwn(given, name)) return given[name]
        return examples[name] ?? `‹${spelledOut(name)}›`
      },
    },
  )

/** The sentence says the unit. */
const spelledOut = (name: string): string =>
  name.replace(/(?:Ms|Bytes|MiB)$/, '').replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

if (import.meta.main) writeFileSync(refusalsPageFile, refusalsPage())
