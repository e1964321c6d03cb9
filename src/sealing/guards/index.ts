import { type Clock, systemClock } from '#/core/clock.ts'
import type { AwsKmsSettings, KeySettings } from '#/settings/api.ts'
import type { KeySecrets } from '#/settings/credentials.ts'
import type { KeyGuard, KeyGuards } from './api.ts'
import { awsKmsGuard } from './aws-kms.ts'
import type { AwsCredentials } from './aws-signature.ts'
import { nobody } from './nobody.ts'
import { passphraseGuard } from './passphrase.ts'
import { vaultGuard } from './vault.ts'

/** The guards the settings describe: one seals, and each opens what it sealed before. */
export function createKeyGuards(
  settings: KeySettings,
  secrets: KeySecrets,
  clock: Pick<Clock, 'now'> = systemClock,
): KeyGuards {
  const { passphrase, formerPassphrase, vault, awsKms } = settings
  const sealed =
    passphrase &&
    passphraseGuard(
      () => secrets.passphrase(passphrase, 'keys.passphrase'),
      formerPassphrase === undefined
        ? undefined
        : () => secrets.passphrase(formerPassphrase, 'keys.formerPassphrase'),
    )
  const byVault = vault && vaultGuard(vault, () => secrets.credential(vault.token, 'keys.vault.token'))
  const byKms = awsKms && awsKmsGuard(awsKms, () => readAws(awsKms, secrets), clock)
  const guards = [nobody, sealed, byVault, byKms].filter((guard) => typeof guard === 'object')
  const wanted = { file: sealed || nobody, vault: byVault, 'aws-kms': byKms }[settings.source]
  if (wanted === undefined)
    throw new Error(`keys.source is ${settings.source}, and its part of keys is missing`)
  return { current: wanted, all: new Map(guards.map((guard: KeyGuard) => [guard.name, guard])) }
}

function readAws(
  { accessKeyId, secretAccessKey, sessionToken }: AwsKmsSettings,
  secrets: KeySecrets,
): AwsCredentials {
  return {
    accessKeyId: secrets.credential(accessKeyId, 'keys.awsKms.accessKeyId'),
    secretAccessKey: secrets.credential(secretAccessKey, 'keys.awsKms.secretAccessKey'),
    ...(sessionToken === undefined
      ? {}
      : { sessionToken: secrets.credential(sessionToken, 'keys.awsKms.sessionToken') }),
  }
}
