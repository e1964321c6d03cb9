/** Light, dark, or what the system says. The choice is kept in this browser only. */
export const themes = ['system', 'light', 'dark'] as const

export type Theme = (typeof themes)[number]

const name = 'sallyport-theme'

export const isTheme = (value: unknown): value is Theme => themes.some((theme) => theme === value)

export function readTheme(store: Pick<Storage, 'getItem'>): Theme {
  const kept = store.getItem(name)
  return isTheme(kept) ? kept : 'system'
}

export function applyTheme(theme: Theme, root: { readonly dataset: DOMStringMap }): void {
  if (theme === 'system') delete root.dataset.theme
  else root.dataset.theme = theme
}

export const keepTheme = (theme: Theme, store: Pick<Storage, 'setItem'>): void => store.setItem(name, theme)
