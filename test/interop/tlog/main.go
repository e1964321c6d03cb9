// Checks a log of Sallyport with Go's own packages, which share nothing with it: the checkpoint as a signed note, the
// root and proofs out of the tiles, an inclusion proof file, and a consistency proof.
//
//	tlog DIR VKEY OLDER PROOF...
//
// DIR is the folder of one log, OLDER an earlier checkpoint of it, PROOF a .tlog-proof. Says what it checked as one
// line of JSON; exits with 1 and the reason when something does not hold.
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const tileHeight = 8

func main() {
	said, err := check(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	json.NewEncoder(os.Stdout).Encode(said)
}

type said struct {
	Entries      int64 `json:"entries"`
	Older        int64 `json:"older"`
	Inclusions   int   `json:"inclusions"`
	Consistent   int   `json:"consistent"`
	ProofFiles   int   `json:"proofFiles"`
	BundleHashes int64 `json:"bundleHashes"`
}

func check(args []string) (*said, error) {
	if len(args) < 3 {
		return nil, errors.New("usage: tlog DIR VKEY OLDER PROOF...")
	}
	dir, vkey := args[0], args[1]
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return nil, fmt.Errorf("verifier key: %w", err)
	}
	newest, err := openFile(filepath.Join(dir, "checkpoint"), verifier)
	if err != nil {
		return nil, err
	}
	older, err := openFile(args[2], verifier)
	if err != nil {
		return nil, err
	}
	found := &said{Entries: newest.N, Older: older.N}
	reader := tlog.TileHashReader(newest, tiles{dir, newest.N})
	if found.BundleHashes, err = checkBundles(dir, newest, reader); err != nil {
		return nil, err
	}
	if found.Inclusions, err = checkInclusions(newest, reader); err != nil {
		return nil, err
	}
	for _, size := range sizesBetween(older.N, newest.N) {
		root, err := tlog.TreeHash(size, reader)
		if err != nil {
			return nil, err
		}
		if size == older.N && root != older.Hash {
			return nil, errors.New("the tiles do not lead to the older checkpoint")
		}
		proof, err := tlog.ProveTree(newest.N, size, reader)
		if err != nil {
			return nil, err
		}
		if err := tlog.CheckTree(proof, newest.N, newest.Hash, size, root); err != nil {
			return nil, fmt.Errorf("consistency with %d: %w", size, err)
		}
		found.Consistent++
	}
	for _, path := range args[3:] {
		if err := checkProofFile(path, verifier); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		found.ProofFiles++
	}
	return found, nil
}

func openFile(path string, verifier note.Verifier) (tlog.Tree, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return tlog.Tree{}, err
	}
	return openCheckpoint(text, verifier)
}

// A checkpoint is a signed note of three lines: the origin, the size and the root.
func openCheckpoint(text []byte, verifier note.Verifier) (tlog.Tree, error) {
	opened, err := note.Open(text, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, fmt.Errorf("checkpoint: %w", err)
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		return tlog.Tree{}, errors.New("checkpoint: not the three lines of this log")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

// tiles reads the layout of tlog-tiles; Go's own paths name the height of a tile as well, and its data tiles otherwise.
type tiles struct {
	dir  string
	size int64
}

func (t tiles) Height() int { return tileHeight }

func (t tiles) ReadTiles(asked []tlog.Tile) ([][]byte, error) {
	found := make([][]byte, len(asked))
	for i, tile := range asked {
		bytes, err := os.ReadFile(filepath.Join(t.dir, path(strconv.Itoa(tile.L), tile)))
		if err != nil {
			return nil, err
		}
		found[i] = bytes
	}
	return found, nil
}

func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}

func path(level string, tile tlog.Tile) string {
	// tlog.Tile{H, L, N, W}.Path() is tile/H/L/N[.p/W].
	tile.L = 0
	_, number, _ := strings.Cut(strings.TrimPrefix(tile.Path(), "tile/"), "/0/")
	return "tile/" + level + "/" + number
}

// Every entry of every bundle that is kept must hash to the leaf in the tiles.
func checkBundles(dir string, tree tlog.Tree, reader tlog.HashReader) (int64, error) {
	checked := int64(0)
	for first := int64(0); first < tree.N; first += 1 << tileHeight {
		width := tree.N - first
		if width > 1<<tileHeight {
			width = 1 << tileHeight
		}
		tile := tlog.Tile{H: tileHeight, L: 0, N: first >> tileHeight, W: int(width)}
		bundle, err := os.ReadFile(filepath.Join(dir, path("entries", tile)))
		// A log may be pruned at its beginning, and nowhere else.
		if errors.Is(err, os.ErrNotExist) && checked == 0 {
			continue
		}
		if err != nil {
			return 0, err
		}
		checked += width
		indexes := make([]int64, width)
		for i := range indexes {
			indexes[i] = tlog.StoredHashIndex(0, first+int64(i))
		}
		hashes, err := reader.ReadHashes(indexes)
		if err != nil {
			return 0, err
		}
		for i := range hashes {
			if len(bundle) < 2 {
				return 0, fmt.Errorf("bundle %d ends early", tile.N)
			}
			length := int(binary.BigEndian.Uint16(bundle))
			if len(bundle) < 2+length {
				return 0, fmt.Errorf("bundle %d ends early", tile.N)
			}
			if tlog.RecordHash(bundle[2:2+length]) != hashes[i] {
				return 0, fmt.Errorf("entry %d is not the one in the tree", first+int64(i))
			}
			bundle = bundle[2+length:]
		}
		if len(bundle) != 0 {
			return 0, fmt.Errorf("bundle %d holds more than its entries", tile.N)
		}
	}
	return checked, nil
}

// The first and last entries, and one in every hundred.
func checkInclusions(tree tlog.Tree, reader tlog.HashReader) (int, error) {
	count := 0
	for index := int64(0); index < tree.N; index++ {
		if index > 2 && index < tree.N-2 && index%101 != 0 {
			continue
		}
		hashes, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, index)})
		if err != nil {
			return 0, err
		}
		proof, err := tlog.ProveRecord(tree.N, index, reader)
		if err != nil {
			return 0, err
		}
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, index, hashes[0]); err != nil {
			return 0, fmt.Errorf("inclusion of %d: %w", index, err)
		}
		count++
	}
	return count, nil
}

func sizesBetween(older, newest int64) []int64 {
	sizes := []int64{older}
	for size := int64(1); size < newest; size = size*2 + 1 {
		sizes = append(sizes, size)
	}
	return append(sizes, newest)
}

func checkProofFile(path string, verifier note.Verifier) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	head, checkpoint, isWhole := bytes.Cut(text, []byte("\n\n"))
	lines := strings.Split(string(head), "\n")
	if !isWhole || len(lines) < 3 || lines[0] != "c2sp.org/tlog-proof@v1" {
		return errors.New("not a proof with extra data")
	}
	entry, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	if err != nil {
		return err
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
	if err != nil {
		return err
	}
	var proof tlog.RecordProof
	for _, line := range lines[3:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return err
		}
		proof = append(proof, hash)
	}
	tree, err := openCheckpoint(checkpoint, verifier)
	if err != nil {
		return err
	}
	return tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(entry))
}
