import { Mark } from '../ui/icon.tsx'
import { placeHere, type Session, signInAddress } from './session.ts'

/** For whoever is not signed in: one button, and what this place is. */
export const SignInPage = ({ session }: { readonly session: Session }) => (
  <main className="door">
    <Mark />
    <h1>Sallyport</h1>
    <p className="lead">The one gate between your company and AI models.</p>
    <a className="btn primary big" href={signInAddress(placeHere())}>
      Sign in with your work account
    </a>
    <ul className="promises">
      <li>
        <b>What must not leave stays here.</b> Your words are checked before they go, and what may not leave
        is replaced or stopped.
      </li>
      <li>
        <b>You see where they go.</b> Which company, which place, how long it is kept.
      </li>
      <li>
        <b>Every answer has a receipt.</b> What was sent, why it was allowed, and the proof in the log.
      </li>
    </ul>
    {session.isDevelopment ? <DevelopmentNote accounts={session.accounts ?? []} /> : null}
  </main>
)

const DevelopmentNote = ({ accounts }: { readonly accounts: readonly string[] }) => (
  <section className="note" aria-label="Development sign-in">
    <p>This Sallyport signs people in by itself, for development on this machine only.</p>
    {accounts.length === 0 ? null : (
      <>
        <p>Accounts you can use:</p>
        <ul>
          {accounts.map((account) => (
            <li key={account}>
              <code>{account}</code>
            </li>
          ))}
        </ul>
      </>
    )}
  </section>
)
