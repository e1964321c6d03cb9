import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { migrate } from '#/core/database/migrate.ts'
import { openSqlite } from '#/core/database/sqlite.ts'
import { identityMigrations } from '#/identity/migrations/index.ts'
import { createIdentityStore } from '#/identity/store.ts'

/** People a directory told of before they signed in for the first time, with their groups. */
export async function putPeople(
  dataFolder: string,
  people: readonly { readonly email: string; readonly groups: readonly string[] }[],
): Promise<void> {
  await mkdir(dataFolder, { recursive: true, mode: 0o700 })
  const database = openSqlite(join(dataFolder, 'store.db'))
  await migrate(database, identityMigrations)
  const store = createIdentityStore(database)
  for (const { email, groups } of people) {
    const id = `person_${email.replace(/\W/g, '')}`
    await store.savePerson({
      id,
      issuer: 'embedded',
      subject: undefined,
      email,
      isEmailVerified: true,
      name: email,
      createdAt: 1,
      boundAt: undefined,
      signedInAt: undefined,
      endedAt: undefined,
    })
    await store.changeGroups('scim', [{ personId: id, added: groups, removed: [] }])
  }
  await database.close()
}
