import { waitingAddress } from './place.ts'

/** The way back from a page that belongs to the register and has a column of its own. */
export const RegisterLink = () => (
  <nav aria-label="Register" className="scroll">
    <ul>
      <li>
        <a href={waitingAddress}>Register</a>
      </li>
    </ul>
  </nav>
)
