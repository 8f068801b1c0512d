#!/bin/sh
# Measures the release binary beside the bench's own servers, `floor` (a rope and an incremental tree-sitter) and
# `tower` (a bare tower-lsp), in one editing session on documents of 10 to 10,000 states, and prints the tables.
#
#   tests/bench.sh [further arguments of lspbench.py]
#
# SIZES="10 100" chooses other sizes, ASL_LSP another binary.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
bench=$root/../shared/bench
if [ ! -f "$bench/lspbench.py" ]; then
    echo "skipped: there is no shared/bench beside the repository"
    exit 0
fi

target=${CARGO_TARGET_DIR:-$root/target}
binary=${ASL_LSP:-$target/release/asl-lsp}
if [ -z "${ASL_LSP:-}" ]; then
    cargo build --release --manifest-path "$root/Cargo.toml" -p asl-lsp
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$bench/limit" "$work/limit"
CARGO_TARGET_DIR=$work/target cargo build --release --manifest-path "$work/limit/Cargo.toml"

documents=
for states in ${SIZES:-10 100 1000 10000}; do
    python3 "$bench/aslgen.py" --states "$states" --seed 1 --lang jsonpath --format json -o "$work/d$states.asl.json"
    documents="$documents $work/d$states.asl.json"
done

# The paths of these documents have no blanks.
# shellcheck disable=SC2086
python3 "$bench/lspbench.py" --baseline floor \
    --cmd "floor=$work/target/release/floor" \
    --cmd "tower=$work/target/release/tower" \
    --cmd "asl-lsp=$binary" \
    --docs $documents "$@"
