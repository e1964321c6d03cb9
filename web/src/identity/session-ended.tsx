import { SignInButton } from './sign-in-button.tsx'

/** Over a page whose session has ended: everything in it is kept, and one press goes on. */
export const SessionEnded = ({
  onDone,
  onLeave,
}: {
  readonly onDone: () => void
  readonly onLeave: () => void
}) => (
  <div role="alert" className="note session-ended">
    <p>
      <b>Your session has ended.</b> What you typed and the chats of this tab are still here.
    </p>
    <SignInButton onDone={onDone} onLeave={onLeave} />
  </div>
)
