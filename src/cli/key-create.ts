import { askedBy, callSallyport } from './call-sallyport.ts'
import { type Command, exitCodes, UsageError } from './command.ts'
import { boundOptions, readBoundOptions } from './key-options.ts'
import { readFuture } from './when.ts'

export const keyCreate: Command = {
  usage:
    '--person EMAIL | --service ID | --parent KEY-ID [--use-case ID] [--expires 30d] [--label TEXT] [BOUNDS]',
  about:
    'Makes a key for a person, for a service, or below another key, never wider than that one. The person need not have signed in yet. The key is shown once, here, and is stored nowhere: keep it like a password.',
  options: {
    person: { value: 'EMAIL', about: 'whose key it is' },
    service: { value: 'ID', about: 'the application it is for; see service set' },
    parent: { value: 'KEY-ID', about: 'the key it is made with: it ends with that one' },
    'use-case': { value: 'ID', about: 'the only use case the key serves' },
    expires: {
      value: 'WHEN',
      about: '90m, 12h, 30d, or a date (identity.keys.defaultDays when left out)',
    },
    label: { value: 'TEXT', about: 'what it is for, to tell it from others' },
    ...boundOptions,
  },
  words: [0, 0],
  run: async (asked) => {
    const holders = ['person', 'service', 'parent'].filter((name) => (asked.option(name) ?? '') !== '')
    if (holders.length !== 1) throw new UsageError('name one of --person, --service and --parent')
    const expires = asked.option('expires')
    const now = asked.world.now()
    const input = {
      email: asked.option('person'),
      service: asked.option('service'),
      parent: asked.option('parent'),
      useCase: asked.option('use-case'),
      bounds: readBoundOptions(asked),
      expiresInMs: expires === undefined ? undefined : readFuture(expires, 'expires', now) - now,
      label: asked.option('label'),
      by: askedBy(),
    }
    const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))
    const made = (await callSallyport(asked.world, 'key.create', given)) as {
      readonly id: string
      readonly key: string
      readonly expiresAtMs: number
    }
    const { id, key } = made
    const expiresAt = new Date(made.expiresAtMs).toISOString()
    const whose = asked.option(holders[0] as string)
    await asked.tell(
      { key, id, expiresAt },
      `${key}\n\nKey ${id} of ${whose}, until ${expiresAt}. It is not shown again.`,
    )
    return exitCodes.ok
  },
}
