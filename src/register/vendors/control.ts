import { z } from 'zod'
import type { ControlHandlers } from '#/core/control-socket.ts'
import { readWith } from '#/core/http/router.ts'
import { Refusal } from '#/core/refusal.ts'
import { didYouMean } from '#/settings/nearest.ts'
import type { Tool } from '../kinds/tool.ts'
import { checkBody, formatField } from '../read-body.ts'
import { readCatalogueTools } from './catalogue.ts'
import { draftOf } from './draft.ts'
import { feedFormats, feedText } from './feed.ts'
import type { ToolLists } from './tool-lists.ts'

const feedShape = z.strictObject({
  format: z.enum(feedFormats, `must be one of ${feedFormats.join(', ')}`),
})
/** The kind's own schema reads what was said about the tool. */
const draftShape = z.strictObject({
  id: z.string().min(1).max(100),
  said: z.record(z.string().max(40), z.string().max(1_000)),
})

/** What the command line asks about tools; nothing of it writes. */
export const toolHandlers = (toolLists: ToolLists): ControlHandlers => ({
  'tools.list': async () => ({ list: toolLists.current(), catalogue: readCatalogueTools() }),
  'tools.feed': async (input: unknown) => {
    const { format } = readWith(feedShape, input)
    return { text: feedText(toolLists.current(), format) }
  },
  'tools.draft': async (input: unknown) => {
    const { id, said } = readWith(draftShape, input)
    const known = readCatalogueTools()
    const tool = known.find((each) => each.id === id)
    if (tool === undefined) {
      const meant = didYouMean(
        id,
        known.map((each) => each.id),
      )
      throw new Refusal('request-invalid', {
        field: 'id',
        problem: `there is no such tool in the catalogue.${meant}`,
      })
    }
    const { title, form, domains } = tool
    const checked = checkBody('tool', { title, form, domains, ...said })
    if ('problems' in checked) {
      const [first] = checked.problems
      throw new Refusal('request-invalid', {
        field: formatField(first?.path ?? []),
        problem: first?.problem ?? 'it does not fit',
      })
    }
    const { owner, standing, why, instead, toleratedUntil } = checked.body as Tool
    return { text: draftOf(tool, { owner, standing, why, instead, toleratedUntil }) }
  },
})
