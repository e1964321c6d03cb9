/**
 * The one header a credential travels in; none where the connection has none. The settings refuse a credential that
 * would end its header; should one come by another way, nothing is sent, and no message shows it.
 */
export function credentialHeader(
  name: string,
  credential: string | undefined,
  scheme = '',
): Readonly<Record<string, string>> {
  if (credential === undefined) return {}
  if (!/^[\x21-\x7e]+$/.test(credential)) {
    throw new Error(`the credential for the header ${name} holds characters that no header may hold`)
  }
  return { [name]: scheme + credential }
}
