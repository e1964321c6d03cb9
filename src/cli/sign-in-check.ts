import { printable } from '#/audit/printable.ts'
import { systemClock } from '#/core/clock.ts'
import { checkProvider, type ProviderCheck } from '#/identity/oidc/check/check.ts'
import { readSignInProviders } from '#/identity/sign-in-providers.ts'
import type { Settings } from '#/settings/api.ts'
import { resolveSignInSecrets } from '#/settings/credentials.ts'
import { readSettings } from '#/settings/read.ts'
import { type Asked, type Command, exitCodes, UsageError } from './command.ts'

export const signInCheck: Command = {
  usage: '[--provider ID]',
  about:
    'Asks each identity provider of the settings everything a sign-in will need, and tells what to register there. Needs no running Sallyport and changes nothing. The exit code is 1 when something keeps people from signing in.',
  options: { provider: { value: 'ID', about: 'only this one' } },
  words: [0, 0],
  run: async (asked) => {
    const settings = readSettings(asked.world.environment)
    if (settings.identity.kind === 'embedded') return tellEmbedded(asked)
    const checks = await checkAll(settings, asked)
    const general = settings.publicUrl === undefined ? [withoutPublicUrl] : []
    const text = [...general, ...checks.flatMap(format)].map(printable).join('\n')
    await asked.tell({ providers: checks, notes: general }, text)
    const hasProblem = checks.some(({ findings }) => findings.some(({ state }) => state === 'problem'))
    return hasProblem ? exitCodes.refused : exitCodes.ok
  },
}

const withoutPublicUrl =
  'publicUrl is not set: the redirect addresses below are those of the address Sallyport listens on'

async function tellEmbedded({ tell }: Asked): Promise<number> {
  const sentence =
    'Sallyport runs its own development provider, for this machine only. Set identity with kind: oidc for people (docs/operate/sign-in.md).'
  await tell({ providers: [], notes: [sentence] }, sentence)
  return exitCodes.ok
}

async function checkAll(settings: Settings, { world, option }: Asked): Promise<readonly ProviderCheck[]> {
  const publicUrl = settings.publicUrl ?? `http://${settings.host}:${settings.port}`
  const secrets = resolveSignInSecrets(settings, world.environment)
  const all = readSignInProviders(
    settings,
    () => secrets,
    () => publicUrl,
  )
  const wanted = option('provider')
  const chosen = wanted === undefined ? all : all.filter(({ id }) => id === wanted)
  if (chosen.length === 0)
    throw new UsageError(`there is no provider of this id. There are: ${all.map(({ id }) => id).join(', ')}`)
  const checks: ProviderCheck[] = []
  for (const provider of chosen) {
    world.complain(`Asking ${printable(provider.id)} at ${printable(new URL(provider.url()).host)}\n`)
    checks.push(
      await checkProvider({
        provider,
        redirectUri: `${publicUrl}${provider.callback}`,
        providers: all.length,
        clock: { ...systemClock, now: world.now },
        fetch,
      }),
    )
  }
  return checks
}

const signs = { ok: 'ok', note: '-', warning: 'WARNING', problem: 'PROBLEM' } as const

const format = ({ provider, name, findings }: ProviderCheck): readonly string[] => [
  `${name} (${provider})`,
  ...findings.map(({ state, id, text }) => `  ${signs[state].padEnd(7)}  ${id.padEnd(12)}  ${text}`),
]
