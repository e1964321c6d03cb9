export const guideHash = 'guide'
export const policiesHash = 'policies'

export const dayOf = (at: string): string => at.slice(0, 10)
