//! Whether the bytes of a catalogue are whole. The build script and the generator include this file.

/// As in `layout.rs`, which the build script does not include.
const MAGIC: &[u8] = b"ASLCAT01";

/// Says what is wrong with the bytes.
pub fn verify(bytes: &[u8]) -> Result<(), &'static str> {
    if bytes.get(..8) != Some(MAGIC) {
        return Err("is not a catalogue of this layout");
    }
    let stored = bytes.get(8..16).and_then(|it| it.try_into().ok()).map(u64::from_le_bytes);
    let rest = bytes.get(16..).unwrap_or_default();
    if stored != Some(xxhash_rust::xxh3::xxh3_64(rest)) {
        return Err("is cut short or was edited by hand: its checksum does not fit");
    }
    Ok(())
}
