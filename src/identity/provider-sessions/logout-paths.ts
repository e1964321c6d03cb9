/** Where a provider tells that somebody signed out there. */
export const backChannelPath = '/oauth/backchannel-logout'

/** Where the browser comes back to after it was signed out at the provider. */
export const signedOutPath = '/sign-in/signed-out'
