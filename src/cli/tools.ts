import type { ToolList } from '#/register/vendors/api.ts'
import type { CatalogueTool } from '#/register/vendors/catalogue.ts'
import { callSallyport } from './call-sallyport.ts'
import { type Command, exitCodes, needOption } from './command.ts'
import { toolListLines } from './tool-lines.ts'

export const toolsList: Command = {
  usage: '',
  about:
    'Lists AI tools with their standing, vendors that are not explained, domains that are blocked or left open, and the tools of the catalogue nobody has written a record of.',
  options: {},
  words: [0, 0],
  run: async (asked) => {
    const told = (await callSallyport(asked.world, 'tools.list', {})) as {
      readonly list: ToolList
      readonly catalogue: readonly CatalogueTool[]
    }
    await asked.tell(told, toolListLines(told.list, told.catalogue).join('\n'))
    return exitCodes.ok
  },
}

export const toolsFeed: Command = {
  usage: '[--format txt]',
  about:
    'Writes the blocklist as proxies and filters read it: txt, hosts, squid, rpz, or json with everything. A running server gives the same under /feeds.',
  options: { format: { value: 'FORMAT', about: 'txt, hosts, squid, rpz or json; txt when not given' } },
  words: [0, 0],
  run: async (asked) => {
    const format = asked.option('format') ?? 'txt'
    const told = (await callSallyport(asked.world, 'tools.feed', { format })) as { readonly text: string }
    await asked.tell(told, told.text.trimEnd())
    return exitCodes.ok
  },
}

const said = ['owner', 'standing', 'why', 'instead', 'toleratedUntil'] as const

export const toolsDraft: Command = {
  usage: 'ID --owner EMAIL --standing STANDING --why TEXT [--instead TEXT] [--tolerated-until DAY]',
  about:
    'Writes a record file for "apply" from a tool of the catalogue and what you say of it. What is applied waits for its approval.',
  options: {
    owner: { value: 'EMAIL', about: 'whom people ask about it' },
    standing: { value: 'STANDING', about: 'sanctioned, tolerated or unsanctioned' },
    why: { value: 'TEXT', about: 'one line' },
    instead: { value: 'TEXT', about: 'what people use in its place' },
    'tolerated-until': { value: 'DAY', about: 'the last day of a tolerated tool, like 2027-06-30' },
  },
  words: [1, 1],
  run: async (asked) => {
    for (const name of ['owner', 'standing', 'why']) needOption(asked, name)
    const given = said.flatMap((name) => {
      const value = asked.option(name === 'toleratedUntil' ? 'tolerated-until' : name)
      return value === undefined ? [] : [[name, value] as const]
    })
    const input = { id: asked.words[0] ?? '', said: Object.fromEntries(given) }
    const told = (await callSallyport(asked.world, 'tools.draft', input)) as { readonly text: string }
    await asked.tell(told, told.text.trimEnd())
    return exitCodes.ok
  },
}
