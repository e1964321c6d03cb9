import { Mark } from '../ui/icon.tsx'

/** This place of the page is at the other address. */
export const ElsewherePage = ({ home, hash }: { readonly home: string; readonly hash: string }) => (
  <main className="door">
    <Mark />
    <div className="stack">
      <h1>This is at another address</h1>
      <p>Chats and administration have an address each here.</p>
      <a className="btn primary" href={`${home}/#${hash}`}>
        Go to {new URL(home).host}
      </a>
    </div>
  </main>
)
