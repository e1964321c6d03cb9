/** The part of the package that holds this hash alone, and says nothing of its types. */
declare module 'hash-wasm/dist/keccak.umd.min.js' {
  interface Hasher {
    readonly init: () => Hasher
    readonly update: (bytes: Uint8Array) => Hasher
    readonly digest: (form: 'binary') => Uint8Array
  }
  const hashes: { readonly createKeccak: (bits: number) => Promise<Hasher> }
  export = hashes
}
