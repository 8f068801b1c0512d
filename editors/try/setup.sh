# For the scripts beside it, which know `editor`: finds or builds the server, and makes a folder that stands for the
# user's home. Sets `root`, `home`, `bin` (a folder for the PATH) and `example`.
root=$(cd "$(dirname "$0")/../.." && pwd -P)
target=${CARGO_TARGET_DIR:-$root/target}
home=$target/try/$editor
bin=$home/bin

server=${ASL_LSP:-}
for candidate in "$target/release/asl-lsp" "$target/debug/asl-lsp"; do
  [ -n "$server" ] || [ ! -x "$candidate" ] || server=$candidate
done
if [ -z "$server" ]; then
  echo "building the server, once" >&2
  (cd "$root" && cargo build --release --locked --package asl-lsp) || exit 1
  server=$target/release/asl-lsp
fi
mkdir -p "$bin"
ln -sf "$(realpath "$server")" "$bin/asl-lsp"

# A copy: what is tried out changes it.
example=$home/example/order.asl.json
mkdir -p "$home/example"
cp "$root/tests/examples/order.asl.json" "$example"
