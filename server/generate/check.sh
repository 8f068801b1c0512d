#!/bin/sh
# Downloads the pinned botocore and makes the catalogue again.
#   check.sh             fails when the committed catalogue differs (CI runs this)
#   check.sh --write     writes it
#   check.sh --update V  takes botocore V as the new source and prints what changed
set -eu
folder=$(cd "$(dirname "$0")" && pwd)
version=$(sed -n 's/.*"version": "\(.*\)".*/\1/p' "$folder/facts/source.json")
mode=--check
case "${1-}" in
"" | --check) ;;
--write) mode= ;;
--update)
  version=${2:?"which version of botocore?"}
  mode=--update
  ;;
*)
  echo "usage: check.sh [--write | --update VERSION]" >&2
  exit 2
  ;;
esac
wheels=$(mktemp -d)
trap 'rm -rf "$wheels"' EXIT
python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: \
  --dest "$wheels" "botocore==$version"
cd "$folder"
# shellcheck disable=SC2086
cargo run --quiet --release --package asl-lsp-generate -- "$wheels"/botocore-*.whl $mode
