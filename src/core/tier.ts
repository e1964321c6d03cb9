/** Under which terms an offering is had: a private account, a contract with the vendor, the company's own cloud, the company's own machines. */
export const tiers = ['consumer', 'commercial', 'cloud', 'self'] as const

export type Tier = (typeof tiers)[number]
