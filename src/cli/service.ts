import { printable } from '#/audit/printable.ts'
import type { ServiceView } from '#/identity/keys/services.ts'
import { askedBy, callSallyport } from './call-sallyport.ts'
import { type Command, exitCodes, needOption } from './command.ts'

export const serviceSet: Command = {
  usage: 'ID --owner EMAIL [--label TEXT]',
  about:
    'Makes a service, an application that has keys of its own, or gives one that is there to another owner. Its exchanges have the rights of its owner, and the log names both. Its keys end with the access of the owner: give it to somebody else before a person leaves.',
  options: {
    owner: { value: 'EMAIL', about: 'who answers for it' },
    label: { value: 'TEXT', about: 'what it is, for people' },
  },
  words: [1, 1],
  run: async (asked) => {
    const [id = ''] = asked.words
    const service = (await callSallyport(asked.world, 'service.save', {
      id,
      owner: needOption(asked, 'owner'),
      label: asked.option('label'),
      by: askedBy(),
    })) as ServiceView
    await asked.tell(service, printable(`The service ${service.id} is owned by ${service.owner.email}.`))
    return exitCodes.ok
  },
}

export const serviceList: Command = {
  usage: '',
  about: 'Lists services, applications that have keys of their own, with who answers for each.',
  options: {},
  words: [0, 0],
  run: async (asked) => {
    const told = (await callSallyport(asked.world, 'service.list', {})) as {
      readonly services: readonly ServiceView[]
    }
    const lines = told.services.map(({ id, label, owner }) => printable(`${id}  ${owner.email}  ${label}`))
    await asked.tell(told, lines.length === 0 ? 'There is none.' : lines.join('\n'))
    return exitCodes.ok
  },
}
