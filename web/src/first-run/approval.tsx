import type { Approvers } from '#/register/first-run/api.ts'
import { waitingAddress } from '../register/place.ts'
import { CopyButton } from '../ui/copy-button.tsx'

/** Who approves what was written: never whoever wrote it. */
export function Approval({ approvers: { roles, people } }: { readonly approvers: Approvers }) {
  const address = `${window.location.origin}/${waitingAddress}`
  return (
    <div className="sheet-box">
      <h2>Who approves it</h2>
      <p>
        Somebody else with the role {roles.join(' or ')}: nobody approves what they wrote. What came in a file
        or from the command line takes two people, since nobody knows who wrote it.{' '}
        {people.length > 0 ? (
          <>
            Now that is <b>{people.join(', ')}</b>.
          </>
        ) : (
          <>
            <b>Nobody else has such a role yet.</b> Give it to somebody, who may sign in later:{' '}
            <code>sallyport role grant EMAIL security --reason TEXT</code>
          </>
        )}
      </p>
      <div className="row">
        <span className="small">Send them this address:</span>
        <code>{address}</code>
        <CopyButton text={address} label="Copy the address" />
      </div>
    </div>
  )
}
