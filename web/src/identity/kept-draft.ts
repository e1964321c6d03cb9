/**
 * A draft on its way through sign-in. It leaves the tab's memory only for that moment: it is written when the
 * person goes to sign in, and removed as soon as the page is back.
 */
const name = 'sallyport-draft'

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

export function keepDraft(draft: string, store: Store): void {
  if (draft !== '') store.setItem(name, draft)
}

export function takeDraft(store: Store): string {
  const draft = store.getItem(name) ?? ''
  store.removeItem(name)
  return draft
}
