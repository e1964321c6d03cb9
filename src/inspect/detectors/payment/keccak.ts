/// <reference path="./hash-wasm.d.ts" />
import hashes from 'hash-wasm/dist/keccak.umd.min.js'

// Compiled once, before anything is looked at.
const hasher = await hashes.createKeccak(256)

/**
 * Keccak-256, which is not SHA3-256: its padding is older. In WebAssembly, where lanes of 64 bits are whole: a third of the time
 * that JavaScript takes. The page has another one, `web/src/conversations/stand-ins/hashes.ts`.
 */
export const keccak256 = (bytes: Uint8Array): Uint8Array => hasher.init().update(bytes).digest('binary')
