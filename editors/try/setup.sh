# For the scripts beside it, which know `editor`, its `program` and what it `needs`: finds or builds the server, and makes
# a folder that stands for the user's home. Sets `root`, `home`, `bin` (a folder for the PATH) and `example`.
need() { # PROGRAM REASON
  command -v "$1" >/dev/null || { echo "there is no $1 here; $2" >&2; exit 1; }
}
need "$program" "editors/try/$editor needs $needs"

root=$(cd "$(dirname "$0")/../.." && pwd -P)
target=${CARGO_TARGET_DIR:-$root/target}
home=$target/try/$editor
bin=$home/bin

server=${ASL_LSP:-}
for candidate in "$target/release/asl-lsp" "$target/debug/asl-lsp"; do
  [ -n "$server" ] || [ ! -x "$candidate" ] || server=$candidate
done
if [ -z "$server" ]; then
  need cargo "a Rust toolchain builds the server, or ASL_LSP names one that is built"
  echo "building the server, once; this takes some minutes" >&2
  (cd "$root" && cargo build --release --locked --package asl-lsp) || exit 1
  server=$target/release/asl-lsp
fi
need "$server" "ASL_LSP names the server"
mkdir -p "$bin"
ln -sf "$(realpath "$server")" "$bin/asl-lsp"

# A copy: what is tried out changes it.
example=$home/example/order.asl.json
mkdir -p "$home/example"
cp "$root/tests/examples/order.asl.json" "$example"
