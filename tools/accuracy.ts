/**
 * Writes `docs/accuracy.md`: every figure of `npm run bench -- inspection`, measured now. Takes some minutes. With the title of a
 * section (`npm run accuracy -- Speed`) only that one is made anew, and says when.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import type { Figure } from '../bench/figure.ts'
import { findCorpora, inTurn, type Part, parts } from '../bench/inspection/bench.ts'

const file = join(import.meta.dirname, '..', 'docs', 'accuracy.md')

async function main(): Promise<void> {
  const folder = findCorpora()
  if (folder === undefined) return
  const [asked] = process.argv.slice(2)
  if (asked !== undefined) return await renew(asked, folder)
  const sections = new Map<Part, string>()
  for (const part of inTurn) {
    process.stderr.write(`${part.title} ...\n`)
    sections.set(part, sectionOf(part, await part.figures(folder)))
  }
  const day = today()
  const [processor] = cpus()
  writeFileSync(
    file,
    `# What inspection finds, and how fast

Made by \`npm run accuracy\` on ${day}, Node ${process.versions.node}, ${cpus().length} cores (${processor?.model.trim() ?? 'unknown'}).
The texts are public sets that are not part of this project; \`SALLYPORT_CORPORA\` names the folder they lie in. A goal
that is missed stands here as missed. What is found wrongly stands beside what is found.

${parts.map((part) => sections.get(part)).join('\n')}`,
  )
  process.stderr.write(`Wrote ${file}\n`)
}

const today = (): string => new Date().toISOString().slice(0, 10)

/** Throws, naming those there are, for a title no section has. */
async function renew(title: string, folder: string): Promise<void> {
  const part = parts.find((each) => each.title === title)
  if (part === undefined)
    throw new Error(`no section is called ${title}; there are ${parts.map((each) => each.title).join(', ')}`)
  const text = readFileSync(file, 'utf8')
  const start = text.indexOf(`## ${title}\n`)
  if (start === -1) throw new Error(`${file} has no section ${title}: make all of it`)
  const next = text.indexOf('\n## ', start)
  const section = sectionOf(part, await part.figures(folder), `Made anew on ${today()}. `)
  writeFileSync(file, text.slice(0, start) + section + (next === -1 ? '' : text.slice(next)))
  process.stderr.write(`Wrote ${title} in ${file}\n`)
}

const sectionOf = ({ title, how, others }: Part, figures: readonly Figure[], when = ''): string =>
  `## ${title}

${when}${how}

| Figure | Ours | Goal |
| --- | --- | --- |
${figures.map(rowOf).join('\n')}

${others.map((other) => `- ${other}\n`).join('')}`

const rowOf = ({ name, value, unit, goal, met }: Figure): string =>
  `| ${name.replaceAll('|', '/')} | ${value} ${unit} | ${goal === undefined ? '' : `${goal}${met ? '' : ': **missed**'}`} |`

await main()
