/**
 * How many points a picture says it has, where its type says so near its beginning: PNG, GIF, JPEG. Undefined for others and
 * for what is cut. Sources: PNG specification 11.2.1; GIF 89a, section 18; ITU-T T.81, annex B.
 */
export function pointsOf(bytes: Uint8Array): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const at = (place: number): number => bytes[place] ?? -1
  if (at(0) === 0x89 && view.byteLength >= 24) return view.getUint32(16) * view.getUint32(20)
  if (at(0) === 0x47 && view.byteLength >= 10) return view.getUint16(6, true) * view.getUint16(8, true)
  if (at(0) !== 0xff || at(1) !== 0xd8) return undefined
  let place = 2
  // Each round goes on.
  while (place + 9 <= view.byteLength && at(place) === 0xff) {
    const marker = at(place + 1)
    if (isFrame(marker)) return view.getUint16(place + 5) * view.getUint16(place + 7)
    place += marker === 0xff ? 1 : 2 + view.getUint16(place + 2)
  }
  return undefined
}

/** A start of frame; 0xc4, 0xc8 and 0xcc are something else. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
