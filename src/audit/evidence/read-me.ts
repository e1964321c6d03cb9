/** The words that lie in a bundle, for whoever is handed one without us. */
export const readMe = `This is evidence out of a log of Sallyport, the gate between a company and AI models.

Check it with Node 20 or newer and one file, offline:

    node sallyport-verify.mjs bundle FILE.tar --key 'VERIFIER KEY'

Take sallyport-verify.mjs from the project, and the verifier key from somebody you
trust: log.vkey in here says only which key signed this.

manifest.json      who made this, when, why, and each file with its SHA-256
manifest.note      signature of the log's key over the manifest
checkpoint         size and root of the log's tree, signed by the same key
entries/N.json     header of entry N, the bytes as they lie in the log
proofs/N.tlog-proof  that this header is entry N of the tree (C2SP tlog-proof)
grounds.json       rules, records and decisions the exchanges rest on
contents/N.json    what was entered, sent and answered, when it was opened for this
contents/N.sealed  the sealed bytes the header of entry N commits to

What you can check by yourself: that each header is entry N of the signed tree; that
a record is the one a decision in the tree was about; that sealed bytes are those a
header commits to.
What you take the company's word for, with its signature: the text in contents/N.json,
because the key that opens it opens other texts, too, and is not given away; whom an
alias stands for; that a question was answered in full.
`
