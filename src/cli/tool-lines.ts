import type { ToolLine, ToolList } from '#/register/vendors/api.ts'
import type { CatalogueTool } from '#/register/vendors/catalogue.ts'

const idWidth = 24

/** For people: a line each, what may be used first. */
export function toolListLines(
  { version, changedAt, tools, unexplained, blocked, leftOpen }: ToolList,
  catalogue: readonly CatalogueTool[],
): readonly string[] {
  const unwritten = catalogue.filter(({ id }) => !tools.some((each) => each.id === id))
  return [
    `Version ${version}, ${changedAt === null ? 'nothing was written yet' : `changed ${changedAt}`}`,
    ...part('Tools:', tools.map(toolText)),
    ...part(
      'Vendors that are not explained:',
      unexplained.map(
        ({ id, why, isTolerated }) =>
          `${id.padEnd(idWidth)} ${why}${isTolerated ? '; a tool of it is tolerated, so its domains stay open' : ''}`,
      ),
    ),
    ...part(
      'Blocked, each with everything below it:',
      blocked.map(({ domain, because }) => `${domain}: ${because}`),
    ),
    ...part(
      'Left open all the same:',
      leftOpen.map(({ domain, because }) => `${domain}: ${because}`),
    ),
    ...part(
      'In the catalogue, and nobody has written a record:',
      unwritten.map(
        ({ id, title, maker, form }) => `${id.padEnd(idWidth)} ${form.padEnd(9)} ${title} of ${maker}`,
      ),
    ),
  ]
}

const part = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', title, ...lines.map((each) => `  ${each}`)]

function toolText({ id, standing, until, why, instead }: ToolLine): string {
  const end = until === null ? '' : ` until ${until}`
  return `${id.padEnd(idWidth)} ${standing}${end}: ${why}${instead === null ? '' : ` Use ${instead} instead.`}`
}
