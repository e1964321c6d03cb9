/**
 * Letters of other alphabets that look like a Latin one. They count as Latin only in a word that also holds Latin
 * letters, and the ones no reader tells apart in a word beside a Latin word: a Russian or Greek text is read as it is.
 * Chosen from Unicode Technical Standard 39 (confusables.txt) by what common typefaces show alike.
 */
const same: readonly (readonly [string, string])[] = [
  // Cyrillic
  ['аеорсухіјѕһԁԛԝӏ', 'aeopcyxijshdqwl'],
  ['АВЕКМНОРСТУХІЈЅԌԚԜӀҮ', 'ABEKMHOPCTYXIJSGQWIY'],
  // Greek
  ['ονϲϳ', 'ovcj'],
  ['ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹ', 'ABEZHIKMNOPTYXC'],
  // Latin letters and phonetic signs that are none of the English alphabet
  ['ıɑɡɩɪʀʏɴʙʟɢʜǀ', 'iagiirynblghl'],
  ['ᴀᴄᴅᴇᴊᴋᴍᴏᴘᴛᴜᴠᴡᴢꜰꜱ', 'acdejkmoptuvwzfs'],
]

const alike: readonly (readonly [string, string])[] = [
  ['вкмтнгпиьѵґ', 'bkmthrnubvr'],
  ['αβγεηικρτυχω', 'abyenikptuxw'],
  // Armenian
  ['աոսհօցզյտքեւլ', 'wnuhogqjmptul'],
  ['ՍՕՏԼ', 'UOSL'],
  // Cherokee
  ['ᎪᏴᏟᎠᎬᏀᎻᎥᎫᏦᏞᎷᏃᏢᎡᏚᎢᏙᎳᎩ', 'ABCDEGHiJKLMZPRSTVWY'],
]

/** For each code unit the ASCII letter it looks like, or 0. */
export const lookAlikes = fillTable([...same, ...alike])

/** The same for those that look quite the same. */
export const sameLooks = fillTable(same)

function fillTable(rows: readonly (readonly [string, string])[]): Uint8Array {
  const table = new Uint8Array(65_536)
  for (const [others, letters] of rows) {
    if (others.length !== letters.length)
      throw new Error(`the row of ${letters} is not as long as its letters`)
    for (let at = 0; at < others.length; at++) table[others.charCodeAt(at)] = letters.charCodeAt(at)
  }
  return table
}
