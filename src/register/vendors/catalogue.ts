import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { parseYaml } from '#/core/yaml.ts'
import { day, id, line, title } from '../fields.ts'
import { toolForms } from '../kinds/tool.ts'
import { domains } from './fields.ts'

const shape = z.strictObject({
  tools: z
    .array(
      z.strictObject({
        id,
        title,
        maker: line(120),
        form: z.enum(toolForms),
        domains,
        source: line(500).regex(/^https:\/\/[^\s/]+\.[^\s/]+\//, 'must be an https address'),
        asOf: day,
      }),
    )
    .max(1_000),
})

/** A tool as documents know it; nobody has decided anything about it. */
export type CatalogueTool = z.infer<typeof shape>['tools'][number]

export const toolsFile = fileURLToPath(new URL('../../../catalogue/tools/tools.yaml', import.meta.url))

let whole: readonly CatalogueTool[] | undefined

/** All tools of the catalogue in the order of ids. Throws when the file is not as it must be: it is ours, and a test reads it. */
export function readCatalogueTools(): readonly CatalogueTool[] {
  if (whole === undefined) {
    const read = shape.safeParse(parseYaml(readFileSync(toolsFile, 'utf8'), toolsFile).value)
    if (!read.success) throw new Error(`${toolsFile}: ${z.prettifyError(read.error)}`)
    whole = read.data.tools.toSorted((one, other) => (one.id < other.id ? -1 : 1))
  }
  return whole
}
