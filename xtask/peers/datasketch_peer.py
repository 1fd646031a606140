"""Near-copies by datasketch: MinHash of five-word shingles with its usual 128 permutations, and its LSH index.

Usage: datasketch_peer.py TEXTS PLANTED. It cuts words at spaces, which costs it less than ours.
"""

import json
import sys
import time

import datasketch

SHINGLE = 5
PERMUTATIONS = 128
# The Jaccard index of a text and a copy of it with one word in five replaced is about this.
THRESHOLD = 0.2


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        texts = file.read().split("\n")
    with open(sys.argv[2], encoding="utf-8") as file:
        planted = {tuple(map(int, line.split())) for line in file}
    before = time.process_time()
    index = datasketch.MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    sketches = []
    empty = datasketch.MinHash(num_perm=PERMUTATIONS)
    for place, text in enumerate(texts):
        words = text.lower().split()
        shingles = {" ".join(words[at : at + SHINGLE]).encode() for at in range(max(1, len(words) - SHINGLE + 1))}
        sketch = empty.copy()
        sketch.update_batch(list(shingles))
        index.insert(place, sketch, check_duplication=False)
        sketches.append(sketch)
    pairs = set()
    for place, sketch in enumerate(sketches):
        for other in index.query(sketch):
            # As gaoya does by itself: what a band proposes is compared by the whole sketch.
            if other > place and sketch.jaccard(sketches[other]) >= THRESHOLD:
                pairs.add((place, other))
    seconds = time.process_time() - before
    name = f"datasketch {datasketch.__version__}"
    print(json.dumps({"who": name, "seconds": seconds, "copies": len(pairs & planted), "pairs": len(pairs)}))


main()
