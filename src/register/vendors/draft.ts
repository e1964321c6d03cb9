import { stringify } from 'yaml'
import type { Tool } from '../kinds/tool.ts'
import type { CatalogueTool } from './catalogue.ts'

/** What only the company can say of a tool. */
export type Judgement = Pick<Tool, 'owner' | 'standing' | 'why' | 'instead' | 'toleratedUntil'>

/** A file for `sallyport apply`. */
export function draftOf(
  { id, title, maker, form, domains, source, asOf }: CatalogueTool,
  judgement: Judgement,
): string {
  const said = Object.fromEntries(Object.entries(judgement).filter(([, value]) => value !== undefined))
  const record = { kind: 'tool', id, title, form, domains, ...said }
  const comments = [
    `From the catalogue of Sallyport: ${title} of ${maker}. Its domains are from ${source}, as of ${asOf}.`,
    'Look whether these are all, and whether something you need lies below them. What is applied waits for its approval.',
    'Tie it to the record of its vendor with "vendor: ID".',
  ]
  return `${comments.map((each) => `# ${each}`).join('\n')}\n${stringify({ records: [record] }, { lineWidth: 0 })}`
}
