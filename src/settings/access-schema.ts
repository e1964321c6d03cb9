/** Who gets which roles, and for how long anything may be given: `identity.groups` and `identity.grants`. */
import { z } from 'zod'
import { type Role, roles } from '#/core/role.ts'
import type { GrantSettings, GroupRoles, IdentitySettings } from './api.ts'
import { defaultGrants } from './defaults.ts'
import { displayName, must, textMatching, wholeNumber } from './field-schemas.ts'

/** Whoever may edit a group of the directory would make owners of Sallyport; everybody is an employee. */
const problemOf: Partial<Record<Role, string>> = {
  owner:
    'must not be owner: whoever edits the group would make owners; name them in identity.owners, or let an owner grant it',
  employee: 'must not be employee: everybody who signs in is one; leave it out',
}

const role = z
  .enum(roles, must(`one of ${roles.filter((each) => problemOf[each] === undefined).join(', ')}`))
  .superRefine((name, context) => {
    const message = problemOf[name]
    if (message !== undefined) context.addIssue({ code: 'custom', message })
  })

const groupRoles = z
  .strictObject(
    {
      group: textMatching(
        /^[a-z][a-z0-9-]{0,62}:(?! )[^\p{Cc}]{1,200}(?<! )$/u,
        'SOURCE:ID, such as oidc:7a31, where the id never changes',
      ),
      name: displayName.optional(),
      roles: z.array(role, must('a list of roles')).max(20, must('a list of at most 20 roles')).default([]),
    },
    must('a list of group, name, roles'),
  )
  .refine(({ name, roles: given }) => name !== undefined || given.length > 0, {
    error: 'must say a name, roles, or both: as it is, it does nothing',
  })

export const accessFields = {
  groups: z
    .array(groupRoles, must('a list of groups, each with group and roles'))
    .max(1_000, must('a list of at most 1000'))
    .refine((list) => new Set(list.map(({ group }) => group)).size === list.length, {
      error: 'must name each group once: put its roles together',
    })
    .optional(),
  grants: z
    .strictObject(
      {
        mostDays: wholeNumber(1, 365, 'days').optional(),
        officeMostDays: wholeNumber(1, 365, 'days').optional(),
      },
      must('a list of mostDays, officeMostDays'),
    )
    .optional(),
}

interface AccessFile {
  readonly groups?: readonly z.infer<typeof groupRoles>[] | undefined
  readonly grants?:
    | { readonly mostDays?: number | undefined; readonly officeMostDays?: number | undefined }
    | undefined
}

export const readAccess = ({
  groups = [],
  grants = {},
}: AccessFile): { readonly groups: readonly GroupRoles[]; readonly grants: GrantSettings } => ({
  groups: groups.map(({ group, name, roles: named }) => ({ group, name, roles: named })),
  grants: {
    mostDays: grants.mostDays ?? defaultGrants.mostDays,
    officeMostDays: grants.officeMostDays ?? defaultGrants.officeMostDays,
  },
})

/** A group nothing tells of would give its roles to nobody, silently. */
export function problemOfSources({
  groups,
  providers,
  scim,
}: Pick<IdentitySettings, 'groups' | 'providers' | 'scim'>): string | undefined {
  const sources = [...providers, ...scim].map(({ id }) => id)
  const unknown = groups.find(({ group }) => !sources.includes(group.slice(0, group.indexOf(':'))))
  if (unknown === undefined) return undefined
  const there = sources.length === 0 ? 'there is none yet' : `there are: ${sources.join(', ')}`
  return `holds ${unknown.group}, and nothing tells of its groups: before the colon stands the id of a sign-in provider or of a directory of identity.scim; ${there}`
}
