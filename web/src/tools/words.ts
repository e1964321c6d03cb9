import type { Standing, ToolsPage } from '#/register/vendors/api.ts'

export const toolsHash = 'tools'
export const toolsTitle = 'AI tools'

/** In the order of the page: what helps first. */
export const sections: readonly { readonly standing: Standing; readonly title: string }[] = [
  { standing: 'sanctioned', title: 'You may use' },
  { standing: 'tolerated', title: 'Tolerated for a time' },
  { standing: 'undecided', title: 'Not decided: ask first' },
  { standing: 'unsanctioned', title: 'Not to be used' },
]

export const whoWords = ({
  roles,
  isForYou,
}: Pick<ToolsPage['tools'][number], 'roles' | 'isForYou'>): string =>
  roles === null ? 'Everybody' : `${isForYou ? 'You, too' : 'Not you'}: ${roles.join(', ')}`
