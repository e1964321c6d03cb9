export const guideHash = 'guide'
export const policiesHash = 'policies'

/** Whether the page is one of the documents everybody reads. */
export const isDocumentsPlace = (hash: string): boolean => hash === guideHash || hash === policiesHash

export const dayOf = (at: string): string => at.slice(0, 10)
