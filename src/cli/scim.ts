import { printable } from '#/audit/printable.ts'
import type { ScimStatus } from '#/identity/scim/api.ts'
import { askedBy, callSallyport } from './call-sallyport.ts'
import { type Command, exitCodes, UsageError } from './command.ts'

export const scimStatus: Command = {
  usage: '',
  about:
    'Shows each directory: its people, its groups with the names a mapping to roles uses, when its tokens were used, and whose deactivation waits. The exit code is 1 while one waits.',
  options: {},
  words: [0, 0],
  run: async (asked) => {
    const { directories } = (await callSallyport(asked.world, 'scim.status', {})) as {
      readonly directories: readonly ScimStatus[]
    }
    const lines = directories.flatMap((each) => formatStatus(each))
    const text = lines.map(printable).join('\n') || 'there is no directory: see docs/operate/scim.md'
    await asked.tell({ directories }, text)
    return directories.some(({ state }) => state === 'paused') ? exitCodes.refused : exitCodes.ok
  },
}

export const scimResume: Command = {
  usage: 'DIRECTORY [--hours N] [--by NAME]',
  about:
    'Lets the deactivations of a directory go on after they were held back because there were many. Look at scim status first: whoever waits loses access as soon as the directory asks again.',
  options: {
    hours: { value: 'N', about: 'for so long nothing is held back, 1 to 48; 4 when left out' },
    by: { value: 'NAME', about: 'who decided, for the log: the id of a person; your account when left out' },
  },
  words: [1, 1],
  run: async (asked) => {
    const [client = ''] = asked.words
    const hours = asked.option('hours')
    if (hours !== undefined && !/^\d{1,2}$/.test(hours))
      throw new UsageError('--hours must be a whole number')
    const by = asked.option('by')
    const status = (await callSallyport(asked.world, 'scim.resume', {
      client,
      by: by === undefined ? askedBy() : `${askedBy()} for ${by}`,
      ...(hours === undefined ? {} : { hours: Number(hours) }),
    })) as ScimStatus
    await asked.tell({ directory: status }, formatStatus(status).map(printable).join('\n'))
    return exitCodes.ok
  },
}

const timeOf = (atMs: number | undefined): string =>
  atMs === undefined ? 'never' : new Date(atMs).toISOString()

export function formatStatus(status: ScimStatus): readonly string[] {
  const { id, state, people, active, deactivatedLastHour, waiting, waitingPeople, groups } = status
  return [
    `${id}  ${state === 'paused' ? `PAUSED since ${timeOf(status.pausedAtMs)}` : 'running'}`,
    `  people   ${people}, ${active} of them active; ${deactivatedLastHour} deactivated in the last hour`,
    `  sign-in  ${status.issuer}, subject from ${status.subjectFrom}`,
    `  token    used ${timeOf(status.tokenUsedAtMs)}, the former one ${timeOf(status.formerTokenUsedAtMs)}, since the start`,
    ...(status.openUntilMs === undefined
      ? []
      : [`  open     nothing is held back until ${timeOf(status.openUntilMs)}`]),
    ...groups.map(({ key, displayName, members }) => `  group    ${key}  ${displayName}  ${members} members`),
    ...(waiting === 0 ? [] : [`  WAITING  ${waiting} people are to lose access:`]),
    ...waitingPeople.map(({ personId, userName }) => `           ${personId}  ${userName}`),
    ...(state === 'paused'
      ? [`  go on    bin/sallyport scim resume ${id}, when this is right; else correct the directory`]
      : []),
  ]
}
